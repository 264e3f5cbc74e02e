// swift-tools-version:6.2
import PackageDescription

let package = Package(
    name: "identity-broker-benchmarks",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "AllocationCounter", type: .dynamic, targets: ["AllocationCounter"]),
        .library(name: "TrustedAuthority", type: .dynamic, targets: ["TrustedAuthority"]),
    ],
    dependencies: [
        .package(name: "identity-broker", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    ],
    targets: [
        // The upstream that everybody is measured against.
        .executableTarget(
            name: "BenchmarkUpstream",
            cSettings: gnu,
            linkerSettings: [.linkedLibrary("ssl"), .linkedLibrary("crypto")]
        ),

        // What every client measures with, and what is loaded into one to see more.
        .target(name: "Measurement", cSettings: gnu),
        .target(name: "AllocationCounter", cSettings: gnu),
        .target(name: "TrustedAuthority", cSettings: gnu, linkerSettings: [.linkedLibrary("curl")]),
        .executableTarget(name: "MeasuredProcess", dependencies: ["Measurement"], cSettings: gnu),
        .executableTarget(
            name: "IDTokenCheck",
            dependencies: ["Measurement"],
            cSettings: gnu,
            linkerSettings: [.linkedLibrary("crypto")]
        ),

        // The service, seen by who asks it and by who starts it.
        .executableTarget(name: "ServiceClient", dependencies: ["Measurement"], cSettings: gnu),
        .executableTarget(name: "MeasuredService", dependencies: ["Measurement"], cSettings: gnu),

        // The reference.
        .executableTarget(
            name: "RawClient",
            dependencies: ["Measurement"],
            cSettings: gnu,
            linkerSettings: [.linkedLibrary("curl")]
        ),

        // Transports, alone.
        .target(
            name: "LoadGeneration",
            dependencies: [
                "Measurement",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "TransportBenchmark",
            dependencies: [
                "LoadGeneration",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "CurlTransport", package: "identity-broker"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "IdentityBroker", package: "identity-broker"),
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "AsyncHTTPClientBenchmark",
            dependencies: [
                "LoadGeneration",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "URLSessionBenchmark",
            dependencies: ["LoadGeneration", .product(name: "ArgumentParser", package: "swift-argument-parser")],
            swiftSettings: strict
        ),

        // Whole logins, and parts of them.
        .executableTarget(
            name: "BrokerBenchmark",
            dependencies: [
                "LoadGeneration", "Measurement",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "BrokerPostgres", package: "identity-broker"),
                .product(name: "BrokerSQLite", package: "identity-broker"),
                .product(name: "BrokerTokens", package: "identity-broker"),
                .product(name: "CurlTransport", package: "identity-broker"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "IdentityBroker", package: "identity-broker"),
                .product(name: "JOSE", package: "identity-broker"),
                .product(name: "OpenIDConnectProvider", package: "identity-broker"),
                .product(name: "StrictJSON", package: "identity-broker"),
                .product(name: "WXAppProvider", package: "identity-broker"),
            ],
            swiftSettings: strict
        ),

        // What was measured, as a table, a plot and a verdict.
        .executableTarget(
            name: "BenchmarkReport",
            dependencies: [.product(name: "ArgumentParser", package: "swift-argument-parser")],
            swiftSettings: strict
        ),
    ]
)

/// Everything that glibc has: these programs are Linux's.
var gnu: [CSetting] { [.define("_GNU_SOURCE")] }

var strict: [SwiftSetting] {
    [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    ]
}
