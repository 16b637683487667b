//! Canvases: their size in device pixels, the theme's tokens, and a plotters backend that measures text with the canvas itself.

use super::{media, window};
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind};
use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::Closure;
use yew::{Callback, NodeRef};

type Error = <plotters_canvas::CanvasBackend as DrawingBackend>::ErrorType;
type Outcome<T = ()> = Result<T, DrawingErrorKind<Error>>;

/// A canvas that is ready to be drawn on.
pub struct Surface {
    canvas: web_sys::HtmlCanvasElement,
    tokens: web_sys::CssStyleDeclaration,
    scale: f64,
}

impl Surface {
    /// The canvas that the reference stands for, with as many pixels as the screen has there; none outside a browser, and while it
    /// has no size.
    #[must_use]
    pub fn of(node: &NodeRef) -> Option<Self> {
        let window = window()?;
        let canvas = node.cast::<web_sys::HtmlCanvasElement>()?;
        let scale = media::device_pixel_ratio();
        let (width, height) = (pixels(canvas.client_width(), scale), pixels(canvas.client_height(), scale));
        if width == 0 || height == 0 {
            return None;
        }
        // Setting the size clears the canvas, even to the same size; a chart paints its whole ground anyway.
        if (canvas.width(), canvas.height()) != (width, height) {
            canvas.set_width(width);
            canvas.set_height(height);
        }
        let tokens = window.get_computed_style(&canvas).ok()??;
        Some(Self { canvas, tokens, scale })
    }

    /// Device pixels per CSS pixel.
    #[must_use]
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// Value of a custom property of the theme where the canvas stands.
    #[must_use]
    pub fn token(&self, name: &str) -> Option<String> {
        self.tokens.get_property_value(name).ok().filter(|value| !value.trim().is_empty())
    }

    /// The backend that draws on it; none where the browser has no more contexts to give.
    #[must_use]
    pub fn backend(self) -> Option<CanvasBackend> {
        let context = self.canvas.get_context("2d").ok()??.dyn_into::<web_sys::CanvasRenderingContext2d>().ok()?;
        context.set_line_join("round");
        context.set_line_cap("butt");
        let inner = plotters_canvas::CanvasBackend::with_canvas_object(self.canvas)?;
        Some(CanvasBackend { inner, context })
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "sizes of a screen")]
fn pixels(css: i32, scale: f64) -> u32 {
    (f64::from(css) * scale).round().max(0.0) as u32
}

/// Calls back whenever the element's size changes; dropping it stops.
#[must_use = "dropping it stops observing"]
pub struct SizeWatch(Option<(web_sys::ResizeObserver, Closure<dyn FnMut()>)>);

impl Drop for SizeWatch {
    fn drop(&mut self) {
        if let Some((observer, _)) = &self.0 {
            observer.disconnect();
        }
    }
}

/// Watches the size of the element that the reference stands for.
pub fn watch_size(node: &NodeRef, callback: Callback<()>) -> SizeWatch {
    let watch = || {
        let element = window().and_then(|_| node.cast::<web_sys::Element>())?;
        let closure = Closure::<dyn FnMut()>::new(move || callback.emit(()));
        let observer = web_sys::ResizeObserver::new(closure.as_ref().unchecked_ref()).ok()?;
        observer.observe(&element);
        Some((observer, closure))
    };
    SizeWatch(watch())
}

/// plotters' canvas backend with the canvas' own measure of texts: plotters' measure adds a styled element to the page, which a strict
/// `style-src` forbids, and lays the page out once per label.
pub struct CanvasBackend {
    inner: plotters_canvas::CanvasBackend,
    context: web_sys::CanvasRenderingContext2d,
}

impl DrawingBackend for CanvasBackend {
    type ErrorType = Error;

    fn get_size(&self) -> (u32, u32) {
        self.inner.get_size()
    }

    fn ensure_prepared(&mut self) -> Outcome {
        self.inner.ensure_prepared()
    }

    fn present(&mut self) -> Outcome {
        self.inner.present()
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Outcome {
        self.inner.draw_pixel(point, color)
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Outcome {
        self.inner.draw_line(from, to, style)
    }

    fn draw_rect<S: BackendStyle>(&mut self, upper_left: BackendCoord, bottom_right: BackendCoord, style: &S, fill: bool) -> Outcome {
        self.inner.draw_rect(upper_left, bottom_right, style, fill)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Outcome {
        self.inner.draw_path(path, style)
    }

    fn draw_circle<S: BackendStyle>(&mut self, center: BackendCoord, radius: u32, style: &S, fill: bool) -> Outcome {
        self.inner.draw_circle(center, radius, style, fill)
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, vert: I, style: &S) -> Outcome {
        self.inner.fill_polygon(vert, style)
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, pos: BackendCoord) -> Outcome {
        self.inner.draw_text(text, style, pos)
    }

    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "sizes of a text on a screen")]
    fn estimate_text_size<S: BackendTextStyle>(&self, text: &str, style: &S) -> Outcome<(u32, u32)> {
        self.context.set_font(&format!("{} {}px {}", style.style().as_str(), style.size(), style.family().as_str()));
        let width = self.context.measure_text(text).map_or(0.0, |metrics| metrics.width());
        Ok((width.ceil() as u32, style.size().ceil() as u32))
    }
}
