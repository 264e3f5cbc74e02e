// swift-tools-version:6.2
import PackageDescription

let package = Package(
    name: "identity-broker-examples",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "identity-broker", path: ".."),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0", traits: []),
    ],
    targets: [
        // Embeds the broker in a program of thirty lines.
        .executableTarget(
            name: "Embed",
            dependencies: [
                .product(name: "CurlTransport", package: "identity-broker"),
                .product(name: "IdentityBroker", package: "identity-broker"),
                .product(name: "WXAppProvider", package: "identity-broker"),
                .product(name: "WXAppSandbox", package: "identity-broker"),
            ]
        ),
        // Signs a user in at an OpenID provider by redirect, in its smallest form.
        .executableTarget(
            name: "SignIn",
            dependencies: [
                .product(name: "CurlTransport", package: "identity-broker"),
                .product(name: "IdentityBroker", package: "identity-broker"),
                .product(name: "OpenIDConnectProvider", package: "identity-broker"),
            ]
        ),
        // A server app that mounts the broker's endpoints, with an endpoint of its own that accepts the broker's tokens.
        .executableTarget(
            name: "NotesServer",
            dependencies: [
                .product(name: "BrokerServer", package: "identity-broker"),
                .product(name: "BrokerTokens", package: "identity-broker"),
                .product(name: "CurlTransport", package: "identity-broker"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "IdentityBroker", package: "identity-broker"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "WXAppProvider", package: "identity-broker"),
                .product(name: "WXAppSandbox", package: "identity-broker"),
            ]
        ),
        // Serves a configuration file.
        .executableTarget(
            name: "FileServer",
            dependencies: [
                .product(name: "BrokerConfiguration", package: "identity-broker"),
                .product(name: "BrokerSQLite", package: "identity-broker"),
                .product(name: "BrokerService", package: "identity-broker"),
                .product(name: "IdentityBroker", package: "identity-broker"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "WXAppProvider", package: "identity-broker"),
            ]
        ),
        // A custom provider, and a command line that includes it.
        .target(
            name: "DirectoryProvider",
            dependencies: [
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "IdentityBroker", package: "identity-broker"),
                .product(name: "StrictJSON", package: "identity-broker"),
            ]
        ),
        .executableTarget(
            name: "MyBroker",
            dependencies: [
                "DirectoryProvider",
                .product(name: "BrokerCommands", package: "identity-broker"),
                .product(name: "WXAppProvider", package: "identity-broker"),
            ]
        ),
    ]
)
