// Generated from facts.toml by facts-generate. Do not edit: change the registry and generate again.

//! Measured distributions: INIT by runtime, the first handler run, and the life of idle environments.

pub use crate::types::{FirstRun, IdleLifeProfile, InitQuantiles};
use crate::date::Date;

/// INIT durations: runtimes in the order of the registry, zip on x86 first.
pub static INIT_QUANTILES: &[InitQuantiles] = &[
    InitQuantiles { runtime: "nodejs20.x", label: "Node.js 20", architecture: "x86_64", package: "zip", points: &[(500, 145_000), (900, 170_000), (990, 208_000)] }, // fact init-nodejs20
    InitQuantiles { runtime: "nodejs20.x", label: "Node.js 20", architecture: "arm64", package: "zip", points: &[(500, 132_000), (900, 142_000), (990, 174_000)] }, // fact init-nodejs20
    InitQuantiles { runtime: "nodejs20.x", label: "Node.js 20", architecture: "x86_64", package: "image", points: &[(500, 274_000), (900, 550_000), (990, 803_000)] }, // fact init-nodejs20
    InitQuantiles { runtime: "nodejs20.x", label: "Node.js 20", architecture: "arm64", package: "image", points: &[(500, 228_000), (900, 264_000), (990, 695_000)] }, // fact init-nodejs20
    InitQuantiles { runtime: "nodejs22.x", label: "Node.js 22", architecture: "x86_64", package: "zip", points: &[(0, 101_000), (50, 118_000), (250, 137_000), (500, 145_000), (750, 157_000), (900, 169_000), (950, 184_000), (990, 219_000), (1_000, 308_000)] }, // fact init-nodejs22
    InitQuantiles { runtime: "nodejs22.x", label: "Node.js 22", architecture: "arm64", package: "zip", points: &[(500, 130_000), (900, 141_000), (990, 195_000)] }, // fact init-nodejs22
    InitQuantiles { runtime: "nodejs22.x", label: "Node.js 22", architecture: "x86_64", package: "image", points: &[(500, 297_000), (900, 553_000), (990, 792_000)] }, // fact init-nodejs22
    InitQuantiles { runtime: "nodejs22.x", label: "Node.js 22", architecture: "arm64", package: "image", points: &[(500, 235_000), (900, 528_000), (990, 751_000)] }, // fact init-nodejs22
    InitQuantiles { runtime: "nodejs24.x", label: "Node.js 24", architecture: "x86_64", package: "zip", points: &[(0, 92_000), (50, 117_000), (250, 131_000), (500, 141_000), (750, 154_000), (900, 170_000), (950, 181_000), (990, 213_000), (1_000, 284_000)] }, // fact init-nodejs24
    InitQuantiles { runtime: "nodejs24.x", label: "Node.js 24", architecture: "arm64", package: "zip", points: &[(500, 125_000), (900, 138_000), (990, 168_000)] }, // fact init-nodejs24
    InitQuantiles { runtime: "nodejs24.x", label: "Node.js 24", architecture: "x86_64", package: "image", points: &[(500, 280_000), (900, 593_000), (990, 829_000)] }, // fact init-nodejs24
    InitQuantiles { runtime: "nodejs24.x", label: "Node.js 24", architecture: "arm64", package: "image", points: &[(500, 227_000), (900, 603_000), (990, 739_000)] }, // fact init-nodejs24
    InitQuantiles { runtime: "python3.12", label: "Python 3.12", architecture: "x86_64", package: "zip", points: &[(0, 63_000), (50, 72_000), (250, 82_000), (500, 86_000), (750, 94_000), (900, 106_000), (950, 117_000), (990, 138_000), (1_000, 174_000)] }, // fact init-python3-12
    InitQuantiles { runtime: "python3.12", label: "Python 3.12", architecture: "arm64", package: "zip", points: &[(500, 81_000), (900, 90_000), (990, 141_000)] }, // fact init-python3-12
    InitQuantiles { runtime: "python3.12", label: "Python 3.12", architecture: "x86_64", package: "image", points: &[(500, 166_000), (900, 283_000), (990, 399_000)] }, // fact init-python3-12
    InitQuantiles { runtime: "python3.12", label: "Python 3.12", architecture: "arm64", package: "image", points: &[(500, 132_000), (900, 195_000), (990, 368_000)] }, // fact init-python3-12
    InitQuantiles { runtime: "python3.13", label: "Python 3.13", architecture: "x86_64", package: "zip", points: &[(0, 60_000), (50, 76_000), (250, 82_000), (500, 92_000), (750, 104_000), (900, 118_000), (950, 132_000), (990, 188_000), (1_000, 297_000)] }, // fact init-python3-13
    InitQuantiles { runtime: "python3.13", label: "Python 3.13", architecture: "arm64", package: "zip", points: &[(500, 81_000), (900, 99_000), (990, 125_000)] }, // fact init-python3-13
    InitQuantiles { runtime: "python3.13", label: "Python 3.13", architecture: "x86_64", package: "image", points: &[(500, 162_000), (900, 292_000), (990, 392_000)] }, // fact init-python3-13
    InitQuantiles { runtime: "python3.13", label: "Python 3.13", architecture: "arm64", package: "image", points: &[(500, 133_000), (900, 249_000), (990, 336_000)] }, // fact init-python3-13
    InitQuantiles { runtime: "python3.14", label: "Python 3.14", architecture: "x86_64", package: "zip", points: &[(0, 80_000), (50, 96_000), (250, 105_000), (500, 118_000), (750, 131_000), (900, 157_000), (950, 202_000), (990, 275_000), (1_000, 424_000)] }, // fact init-python3-14
    InitQuantiles { runtime: "python3.14", label: "Python 3.14", architecture: "arm64", package: "zip", points: &[(500, 103_000), (900, 120_000), (990, 214_000)] }, // fact init-python3-14
    InitQuantiles { runtime: "python3.14", label: "Python 3.14", architecture: "x86_64", package: "image", points: &[(500, 186_000), (900, 363_000), (990, 469_000)] }, // fact init-python3-14
    InitQuantiles { runtime: "python3.14", label: "Python 3.14", architecture: "arm64", package: "image", points: &[(500, 161_000), (900, 307_000), (990, 383_000)] }, // fact init-python3-14
    InitQuantiles { runtime: "java17", label: "Java 17", architecture: "x86_64", package: "zip", points: &[(500, 208_000), (900, 243_000), (990, 332_000)] }, // fact init-java17
    InitQuantiles { runtime: "java17", label: "Java 17", architecture: "arm64", package: "zip", points: &[(500, 215_000), (900, 231_000), (990, 342_000)] }, // fact init-java17
    InitQuantiles { runtime: "java17", label: "Java 17", architecture: "x86_64", package: "image", points: &[(500, 309_000), (900, 435_000), (990, 714_000)] }, // fact init-java17
    InitQuantiles { runtime: "java17", label: "Java 17", architecture: "arm64", package: "image", points: &[(500, 292_000), (900, 478_000), (990, 683_000)] }, // fact init-java17
    InitQuantiles { runtime: "java21", label: "Java 21", architecture: "x86_64", package: "zip", points: &[(0, 175_000), (50, 210_000), (250, 233_000), (500, 245_000), (750, 262_000), (900, 290_000), (950, 328_000), (990, 623_000), (1_000, 740_000)] }, // fact init-java21
    InitQuantiles { runtime: "java21", label: "Java 21", architecture: "arm64", package: "zip", points: &[(500, 248_000), (900, 269_000), (990, 586_000)] }, // fact init-java21
    InitQuantiles { runtime: "java21", label: "Java 21", architecture: "x86_64", package: "image", points: &[(500, 345_000), (900, 554_000), (990, 813_000)] }, // fact init-java21
    InitQuantiles { runtime: "java21", label: "Java 21", architecture: "arm64", package: "image", points: &[(500, 306_000), (900, 470_000), (990, 733_000)] }, // fact init-java21
    InitQuantiles { runtime: "java25", label: "Java 25", architecture: "x86_64", package: "zip", points: &[(0, 138_000), (50, 164_000), (250, 183_000), (500, 194_000), (750, 214_000), (900, 271_000), (950, 419_000), (990, 502_000), (1_000, 634_000)] }, // fact init-java25
    InitQuantiles { runtime: "java25", label: "Java 25", architecture: "arm64", package: "zip", points: &[(500, 196_000), (900, 221_000), (990, 435_000)] }, // fact init-java25
    InitQuantiles { runtime: "java25", label: "Java 25", architecture: "x86_64", package: "image", points: &[(500, 248_000), (900, 495_000), (990, 658_000)] }, // fact init-java25
    InitQuantiles { runtime: "java25", label: "Java 25", architecture: "arm64", package: "image", points: &[(500, 243_000), (900, 400_000), (990, 569_000)] }, // fact init-java25
    InitQuantiles { runtime: "dotnet8", label: ".NET 8", architecture: "x86_64", package: "zip", points: &[(0, 173_000), (50, 214_000), (250, 241_000), (500, 258_000), (750, 286_000), (900, 333_000), (950, 564_000), (990, 669_000), (1_000, 872_000)] }, // fact init-dotnet8
    InitQuantiles { runtime: "dotnet8", label: ".NET 8", architecture: "arm64", package: "zip", points: &[(500, 294_000), (900, 383_000), (990, 699_000)] }, // fact init-dotnet8
    InitQuantiles { runtime: "dotnet8", label: ".NET 8", architecture: "x86_64", package: "image", points: &[(500, 403_000), (900, 680_000), (990, 859_000)] }, // fact init-dotnet8
    InitQuantiles { runtime: "dotnet8", label: ".NET 8", architecture: "arm64", package: "image", points: &[(500, 417_000), (900, 623_000), (990, 839_000)] }, // fact init-dotnet8
    InitQuantiles { runtime: "dotnet10", label: ".NET 10", architecture: "x86_64", package: "zip", points: &[(0, 176_000), (50, 225_000), (250, 241_000), (500, 259_000), (750, 312_000), (900, 571_000), (950, 629_000), (990, 705_000), (1_000, 789_000)] }, // fact init-dotnet10
    InitQuantiles { runtime: "dotnet10", label: ".NET 10", architecture: "arm64", package: "zip", points: &[(500, 254_000), (900, 598_000), (990, 682_000)] }, // fact init-dotnet10
    InitQuantiles { runtime: "dotnet10", label: ".NET 10", architecture: "x86_64", package: "image", points: &[(500, 403_000), (900, 716_000), (990, 895_000)] }, // fact init-dotnet10
    InitQuantiles { runtime: "dotnet10", label: ".NET 10", architecture: "arm64", package: "image", points: &[(500, 362_000), (900, 610_000), (990, 827_000)] }, // fact init-dotnet10
    InitQuantiles { runtime: "ruby3.4", label: "Ruby 3.4", architecture: "x86_64", package: "zip", points: &[(0, 148_000), (50, 189_000), (250, 208_000), (500, 230_000), (750, 316_000), (900, 394_000), (950, 424_000), (990, 498_000), (1_000, 652_000)] }, // fact init-ruby3-4
    InitQuantiles { runtime: "ruby3.4", label: "Ruby 3.4", architecture: "arm64", package: "zip", points: &[(500, 242_000), (900, 395_000), (990, 432_000)] }, // fact init-ruby3-4
    InitQuantiles { runtime: "ruby3.4", label: "Ruby 3.4", architecture: "x86_64", package: "image", points: &[(500, 270_000), (900, 399_000), (990, 500_000)] }, // fact init-ruby3-4
    InitQuantiles { runtime: "ruby3.4", label: "Ruby 3.4", architecture: "arm64", package: "image", points: &[(500, 276_000), (900, 339_000), (990, 447_000)] }, // fact init-ruby3-4
    InitQuantiles { runtime: "go", label: "Go", architecture: "x86_64", package: "zip", points: &[(0, 39_000), (50, 45_000), (250, 49_000), (500, 51_000), (750, 52_000), (900, 55_000), (950, 59_000), (990, 69_000), (1_000, 82_000)] }, // fact init-go
    InitQuantiles { runtime: "go", label: "Go", architecture: "arm64", package: "zip", points: &[(500, 43_000), (900, 45_000), (990, 54_000)] }, // fact init-go
    InitQuantiles { runtime: "go", label: "Go", architecture: "x86_64", package: "image", points: &[(500, 48_000), (900, 84_000), (990, 120_000)] }, // fact init-go
    InitQuantiles { runtime: "go", label: "Go", architecture: "arm64", package: "image", points: &[(500, 40_000), (900, 59_000), (990, 100_000)] }, // fact init-go
    InitQuantiles { runtime: "rust", label: "Rust", architecture: "x86_64", package: "zip", points: &[(0, 12_000), (50, 15_000), (250, 15_000), (500, 16_000), (750, 17_000), (900, 22_000), (950, 27_000), (990, 49_000), (1_000, 71_000)] }, // fact init-rust
    InitQuantiles { runtime: "rust", label: "Rust", architecture: "arm64", package: "zip", points: &[(500, 14_000), (900, 17_000), (990, 45_000)] }, // fact init-rust
    InitQuantiles { runtime: "rust", label: "Rust", architecture: "x86_64", package: "image", points: &[(500, 36_000), (900, 61_000), (990, 144_000)] }, // fact init-rust
    InitQuantiles { runtime: "rust", label: "Rust", architecture: "arm64", package: "image", points: &[(500, 29_000), (900, 44_000), (990, 99_000)] }, // fact init-rust
    InitQuantiles { runtime: "cpp11", label: "C++ 11", architecture: "x86_64", package: "zip", points: &[(500, 67_000), (900, 93_000), (990, 135_000)] }, // fact init-cpp11
    InitQuantiles { runtime: "cpp11", label: "C++ 11", architecture: "arm64", package: "zip", points: &[(500, 49_000), (900, 60_000), (990, 104_000)] }, // fact init-cpp11
    InitQuantiles { runtime: "cpp11", label: "C++ 11", architecture: "x86_64", package: "image", points: &[(500, 51_000), (900, 102_000), (990, 172_000)] }, // fact init-cpp11
    InitQuantiles { runtime: "cpp11", label: "C++ 11", architecture: "arm64", package: "image", points: &[(500, 41_000), (900, 80_000), (990, 126_000)] }, // fact init-cpp11
    InitQuantiles { runtime: "dotnet8-aot", label: ".NET 8 AOT", architecture: "x86_64", package: "zip", points: &[(0, 72_000), (50, 81_000), (250, 85_000), (500, 88_000), (750, 92_000), (900, 102_000), (950, 112_000), (990, 127_000), (1_000, 183_000)] }, // fact init-dotnet8-aot
    InitQuantiles { runtime: "dotnet8-aot", label: ".NET 8 AOT", architecture: "arm64", package: "zip", points: &[(500, 78_000), (900, 85_000), (990, 105_000)] }, // fact init-dotnet8-aot
    InitQuantiles { runtime: "dotnet8-aot", label: ".NET 8 AOT", architecture: "x86_64", package: "image", points: &[(500, 62_000), (900, 108_000), (990, 180_000)] }, // fact init-dotnet8-aot
    InitQuantiles { runtime: "dotnet8-aot", label: ".NET 8 AOT", architecture: "arm64", package: "image", points: &[(500, 55_000), (900, 84_000), (990, 234_000)] }, // fact init-dotnet8-aot
    InitQuantiles { runtime: "dotnet10-aot", label: ".NET 10 AOT", architecture: "x86_64", package: "zip", points: &[(500, 73_000), (900, 86_000), (990, 119_000)] }, // fact init-dotnet10-aot
    InitQuantiles { runtime: "dotnet10-aot", label: ".NET 10 AOT", architecture: "arm64", package: "zip", points: &[(500, 63_000), (900, 71_000), (990, 89_000)] }, // fact init-dotnet10-aot
    InitQuantiles { runtime: "dotnet10-aot", label: ".NET 10 AOT", architecture: "x86_64", package: "image", points: &[(500, 60_000), (900, 107_000), (990, 151_000)] }, // fact init-dotnet10-aot
    InitQuantiles { runtime: "dotnet10-aot", label: ".NET 10 AOT", architecture: "arm64", package: "image", points: &[(500, 50_000), (900, 77_000), (990, 123_000)] }, // fact init-dotnet10-aot
    InitQuantiles { runtime: "graalvm-java21", label: "GraalVM Java 21", architecture: "x86_64", package: "zip", points: &[(0, 121_000), (50, 137_000), (250, 149_000), (500, 154_000), (750, 161_000), (900, 171_000), (950, 185_000), (990, 224_000), (1_000, 280_000)] }, // fact init-graalvm-java21
    InitQuantiles { runtime: "graalvm-java21", label: "GraalVM Java 21", architecture: "arm64", package: "zip", points: &[(500, 128_000), (900, 136_000), (990, 159_000)] }, // fact init-graalvm-java21
    InitQuantiles { runtime: "graalvm-java21", label: "GraalVM Java 21", architecture: "x86_64", package: "image", points: &[(500, 91_000), (900, 212_000), (990, 382_000)] }, // fact init-graalvm-java21
    InitQuantiles { runtime: "graalvm-java21", label: "GraalVM Java 21", architecture: "arm64", package: "image", points: &[(500, 76_000), (900, 152_000), (990, 1_003_000)] }, // fact init-graalvm-java21
    InitQuantiles { runtime: "quarkus-native", label: "Quarkus native", architecture: "x86_64", package: "zip", points: &[(500, 247_000), (900, 275_000), (990, 338_000)] }, // fact init-quarkus-native
    InitQuantiles { runtime: "quarkus-native", label: "Quarkus native", architecture: "x86_64", package: "image", points: &[(500, 133_000), (900, 293_000), (990, 1_484_000)] }, // fact init-quarkus-native
    InitQuantiles { runtime: "llrt", label: "LLRT (JavaScript)", architecture: "x86_64", package: "zip", points: &[(500, 68_000), (900, 75_000), (990, 85_000)] }, // fact init-llrt
    InitQuantiles { runtime: "llrt", label: "LLRT (JavaScript)", architecture: "arm64", package: "zip", points: &[(500, 63_000), (900, 69_000), (990, 73_000)] }, // fact init-llrt
    InitQuantiles { runtime: "llrt", label: "LLRT (JavaScript)", architecture: "x86_64", package: "image", points: &[(500, 59_000), (900, 131_000), (990, 236_000)] }, // fact init-llrt
    InitQuantiles { runtime: "llrt", label: "LLRT (JavaScript)", architecture: "arm64", package: "image", points: &[(500, 48_000), (900, 87_000), (990, 145_000)] }, // fact init-llrt
    InitQuantiles { runtime: "bun", label: "Bun in the package", architecture: "x86_64", package: "zip", points: &[(500, 352_000), (900, 386_000), (990, 459_000)] }, // fact init-bun
    InitQuantiles { runtime: "bun", label: "Bun in the package", architecture: "arm64", package: "zip", points: &[(500, 305_000), (900, 322_000), (990, 352_000)] }, // fact init-bun
    InitQuantiles { runtime: "bun", label: "Bun in the package", architecture: "x86_64", package: "image", points: &[(500, 166_000), (900, 384_000), (990, 610_000)] }, // fact init-bun
    InitQuantiles { runtime: "bun", label: "Bun in the package", architecture: "arm64", package: "image", points: &[(500, 148_000), (900, 265_000), (990, 500_000)] }, // fact init-bun
    InitQuantiles { runtime: "bun-layer", label: "Bun in a layer", architecture: "x86_64", package: "zip", points: &[(500, 464_000), (900, 517_000), (990, 617_000)] }, // fact init-bun-layer
    InitQuantiles { runtime: "swift6.2", label: "Swift 6.2", architecture: "x86_64", package: "zip", points: &[(500, 131_000), (900, 153_000), (990, 190_000)] }, // fact init-swift6-2
    InitQuantiles { runtime: "swift6.2", label: "Swift 6.2", architecture: "arm64", package: "zip", points: &[(500, 108_000), (900, 123_000), (990, 152_000)] }, // fact init-swift6-2
    InitQuantiles { runtime: "swift6.2", label: "Swift 6.2", architecture: "x86_64", package: "image", points: &[(500, 76_000), (900, 160_000), (990, 252_000)] }, // fact init-swift6-2
    InitQuantiles { runtime: "swift6.2", label: "Swift 6.2", architecture: "arm64", package: "image", points: &[(500, 66_000), (900, 115_000), (990, 249_000)] }, // fact init-swift6-2
    InitQuantiles { runtime: "shell", label: "Shell script", architecture: "x86_64", package: "zip", points: &[(500, 51_000), (900, 137_000), (990, 193_000)] }, // fact init-shell
    InitQuantiles { runtime: "shell", label: "Shell script", architecture: "arm64", package: "zip", points: &[(500, 40_000), (900, 114_000), (990, 174_000)] }, // fact init-shell
    InitQuantiles { runtime: "shell", label: "Shell script", architecture: "x86_64", package: "image", points: &[(500, 83_000), (900, 134_000), (990, 195_000)] }, // fact init-shell
    InitQuantiles { runtime: "shell", label: "Shell script", architecture: "arm64", package: "image", points: &[(500, 71_000), (900, 110_000), (990, 163_000)] }, // fact init-shell
];

/// First handler runs, in the order of the registry.
pub static FIRST_RUN: &[FirstRun] = &[
    FirstRun { runtime: "nodejs20.x", cpu_equivalent_us: 915, points: &[(128, 11_178), (256, 3_247), (512, 3_160), (1_024, 3_128)] }, // fact first-run-nodejs20
    FirstRun { runtime: "nodejs22.x", cpu_equivalent_us: 984, points: &[(128, 12_500), (256, 3_500), (512, 3_400), (1_024, 3_400)] }, // fact first-run-nodejs22
    FirstRun { runtime: "nodejs24.x", cpu_equivalent_us: 1_008, points: &[(128, 16_977), (256, 5_022), (512, 3_483), (1_024, 3_348)] }, // fact first-run-nodejs24
    FirstRun { runtime: "python3.12", cpu_equivalent_us: 579, points: &[(128, 2_400), (256, 2_000), (512, 2_000), (1_024, 2_000)] }, // fact first-run-python3-12
    FirstRun { runtime: "python3.13", cpu_equivalent_us: 615, points: &[(128, 2_319), (256, 2_136), (512, 2_125), (1_024, 2_204)] }, // fact first-run-python3-13
    FirstRun { runtime: "python3.14", cpu_equivalent_us: 570, points: &[(128, 2_290), (256, 2_029), (512, 1_968), (1_024, 1_951)] }, // fact first-run-python3-14
    FirstRun { runtime: "java17", cpu_equivalent_us: 738, points: &[(128, 5_586), (256, 2_454), (512, 2_550), (1_024, 2_521)] }, // fact first-run-java17
    FirstRun { runtime: "java21", cpu_equivalent_us: 9_248, points: &[(128, 96_685), (256, 35_025), (512, 31_952), (1_024, 6_831)] }, // fact first-run-java21
    FirstRun { runtime: "java25", cpu_equivalent_us: 7_525, points: &[(128, 246_000), (256, 97_000), (512, 26_000), (1_024, 10_000)] }, // fact first-run-java25
    FirstRun { runtime: "dotnet8", cpu_equivalent_us: 47_843, points: &[(128, 719_900), (256, 358_200), (512, 165_300), (1_024, 74_900)] }, // fact first-run-dotnet8
    FirstRun { runtime: "dotnet10", cpu_equivalent_us: 52_589, points: &[(128, 796_500), (256, 389_400), (512, 181_700), (1_024, 80_800)] }, // fact first-run-dotnet10
    FirstRun { runtime: "ruby3.4", cpu_equivalent_us: 756, points: &[(128, 12_006), (256, 2_635), (512, 2_611), (1_024, 2_543)] }, // fact first-run-ruby3-4
    FirstRun { runtime: "go", cpu_equivalent_us: 443, points: &[(128, 1_593), (256, 1_539), (512, 1_529), (1_024, 1_543)] }, // fact first-run-go
    FirstRun { runtime: "rust", cpu_equivalent_us: 383, points: &[(128, 1_308), (256, 1_342), (512, 1_324), (1_024, 1_354)] }, // fact first-run-rust
    FirstRun { runtime: "cpp11", cpu_equivalent_us: 350, points: &[(128, 1_260), (256, 1_237), (512, 1_211), (1_024, 1_225)] }, // fact first-run-cpp11
    FirstRun { runtime: "dotnet8-aot", cpu_equivalent_us: 572, points: &[(128, 4_755), (256, 1_991), (512, 1_978), (1_024, 1_967)] }, // fact first-run-dotnet8-aot
    FirstRun { runtime: "dotnet10-aot", cpu_equivalent_us: 571, points: &[(128, 3_411), (256, 1_995), (512, 1_974), (1_024, 1_991)] }, // fact first-run-dotnet10-aot
    FirstRun { runtime: "graalvm-java21", cpu_equivalent_us: 9_262, points: &[(128, 159_000), (256, 72_000), (512, 32_000), (1_024, 15_000)] }, // fact first-run-graalvm-java21
    FirstRun { runtime: "quarkus-native", cpu_equivalent_us: 10_564, points: &[(128, 187_050), (256, 82_803), (512, 36_499), (1_024, 18_293)] }, // fact first-run-quarkus-native
    FirstRun { runtime: "llrt", cpu_equivalent_us: 442, points: &[(128, 1_552), (256, 1_542), (512, 1_528), (1_024, 1_531)] }, // fact first-run-llrt
    FirstRun { runtime: "bun", cpu_equivalent_us: 13_492, points: &[(128, 254_917), (256, 113_604), (512, 46_615), (1_024, 20_442)] }, // fact first-run-bun
    FirstRun { runtime: "bun-layer", cpu_equivalent_us: 3_540, points: &[(128, 83_119), (256, 32_775), (512, 12_232), (1_024, 7_294)] }, // fact first-run-bun-layer
    FirstRun { runtime: "swift6.2", cpu_equivalent_us: 1_900, points: &[(128, 55_460), (256, 16_568), (512, 6_565), (1_024, 6_050)] }, // fact first-run-swift6-2
    FirstRun { runtime: "shell", cpu_equivalent_us: 19_102, points: &[(128, 319_000), (256, 147_000), (512, 66_000), (1_024, 32_000)] }, // fact first-run-shell
];

/// Idle lives, oldest observation first.
pub static IDLE_LIFE_PROFILES: &[IdleLifeProfile] = &[
    IdleLifeProfile { slug: "y2017", label: "2017: 45 to 60 min", from: None, points: &[(0, 2_700_000), (1_000, 3_600_000)] }, // fact idle-life-2017
    IdleLifeProfile { slug: "early_2019", label: "Early 2019: 20 to 60 min", from: Some(Date::of(2019, 3, 1)), points: &[(0, 1_200_000), (100, 1_500_000), (500, 2_490_000), (900, 3_540_000), (1_000, 3_600_000)] }, // fact idle-life-early-2019
    IdleLifeProfile { slug: "mid_2019", label: "Mid 2019: 10 to 16 min", from: Some(Date::of(2019, 7, 1)), points: &[(0, 600_000), (100, 630_000), (500, 750_000), (900, 810_000), (1_000, 960_000)] }, // fact idle-life-mid-2019
    IdleLifeProfile { slug: "logs_2020", label: "2020 logs: 640 s", from: Some(Date::of(2020, 5, 28)), points: &[(0, 640_000), (1_000, 640_000)] }, // fact idle-life-logs-2020
    IdleLifeProfile { slug: "cliff_2021", label: "January 2021: 5 to 7 min", from: Some(Date::of(2021, 1, 5)), points: &[(0, 180_000), (3, 300_000), (406, 360_000), (1_000, 420_000)] }, // fact idle-life-cliff-2021
];
