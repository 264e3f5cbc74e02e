// swift-tools-version:6.2
import PackageDescription

let package = Package(
    name: "identity-broker-fuzz",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "identity-broker", path: ".."),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
    ],
    targets: [
        // What the fuzzers share.
        .target(
            name: "FuzzSupport",
            dependencies: [.product(name: "StrictJSON", package: "identity-broker")],
            swiftSettings: strict
        ),

        // One program a reader. None of them has a `main`, which is libFuzzer's: `Scripts/fuzz` knows the flags.
        .executableTarget(
            name: "JSONFuzzer",
            dependencies: ["FuzzSupport", .product(name: "StrictJSON", package: "identity-broker")],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "CallbackFuzzer",
            dependencies: [
                "FuzzSupport",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "IdentityBroker", package: "identity-broker"),
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "DiscoveryFuzzer",
            dependencies: [
                "FuzzSupport",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "IdentityBroker", package: "identity-broker"),
                .product(name: "OpenIDConnectProvider", package: "identity-broker"),
                .product(name: "StrictJSON", package: "identity-broker"),
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "DeclarationFuzzer",
            dependencies: [
                "FuzzSupport",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "IdentityBroker", package: "identity-broker"),
                .product(name: "OAuth2Provider", package: "identity-broker"),
                .product(name: "StrictJSON", package: "identity-broker"),
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "EnvelopeFuzzer",
            dependencies: [
                "FuzzSupport",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "IdentityBroker", package: "identity-broker"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "StrictJSON", package: "identity-broker"),
                .product(name: "WXAppProvider", package: "identity-broker"),
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "JOSEFuzzer",
            dependencies: ["FuzzSupport", .product(name: "JOSE", package: "identity-broker")],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "TokenFuzzer",
            dependencies: [
                "FuzzSupport",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "IdentityBroker", package: "identity-broker"),
                .product(name: "JOSE", package: "identity-broker"),
                .product(name: "StrictJSON", package: "identity-broker"),
                .product(name: "WXAppProvider", package: "identity-broker"),
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "QueryFuzzer",
            dependencies: [
                "FuzzSupport",
                .product(name: "IdentityBroker", package: "identity-broker"),
                .product(name: "WXAppClient", package: "identity-broker"),
                .product(name: "WXAppProvider", package: "identity-broker"),
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "ConfigurationFuzzer",
            dependencies: [
                "FuzzSupport",
                .product(name: "BrokerConfiguration", package: "identity-broker"),
                .product(name: "IdentityBroker", package: "identity-broker"),
                .product(name: "WXAppProvider", package: "identity-broker"),
            ],
            swiftSettings: strict
        ),
    ]
)

var strict: [SwiftSetting] {
    [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    ]
}
