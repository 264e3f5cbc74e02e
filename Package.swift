// swift-tools-version:6.2
import PackageDescription

let package = Package(
    name: "identity-broker",
    platforms: [.macOS(.v15), .iOS(.v18)],
    products: [
        .library(name: "IdentityBroker", targets: ["IdentityBroker"]),
        .library(name: "StrictJSON", targets: ["StrictJSON"]),
        .library(name: "JOSE", targets: ["JOSE"]),
        .library(name: "CurlTransport", targets: ["CurlTransport"]),
        .library(name: "BrokerConfiguration", targets: ["BrokerConfiguration"]),
        .library(name: "BrokerSQLite", targets: ["BrokerSQLite"]),
        .library(name: "BrokerPostgres", targets: ["BrokerPostgres"]),
        .library(name: "BrokerTokens", targets: ["BrokerTokens"]),
        .library(name: "BrokerObservability", targets: ["BrokerObservability"]),
        .library(name: "BrokerServing", targets: ["BrokerServing"]),
        .library(name: "BrokerServer", targets: ["BrokerServer"]),
        .library(name: "BrokerService", targets: ["BrokerService"]),
        .library(name: "BrokerCommands", targets: ["BrokerCommands"]),
        .library(name: "BrokerTesting", targets: ["BrokerTesting"]),
        .library(name: "BrokerSandbox", targets: ["BrokerSandbox"]),
        .library(name: "LoopbackServer", targets: ["LoopbackServer"]),
        .library(name: "AlipayProvider", targets: ["AlipayProvider"]),
        .library(name: "AlipayClient", targets: ["AlipayClient"]),
        .library(name: "AlipaySandbox", targets: ["AlipaySandbox"]),
        .library(name: "DingTalkProvider", targets: ["DingTalkProvider"]),
        .library(name: "DingTalkClient", targets: ["DingTalkClient"]),
        .library(name: "DingTalkSandbox", targets: ["DingTalkSandbox"]),
        .library(name: "FeishuProvider", targets: ["FeishuProvider"]),
        .library(name: "FeishuClient", targets: ["FeishuClient"]),
        .library(name: "FeishuSandbox", targets: ["FeishuSandbox"]),
        .library(name: "OAuth2Provider", targets: ["OAuth2Provider"]),
        .library(name: "OAuth2Sandbox", targets: ["OAuth2Sandbox"]),
        .library(name: "OpenIDConnectProvider", targets: ["OpenIDConnectProvider"]),
        .library(name: "OpenIDConnectSandbox", targets: ["OpenIDConnectSandbox"]),
        .library(name: "WeChatProvider", targets: ["WeChatProvider"]),
        .library(name: "WeChatClient", targets: ["WeChatClient"]),
        .library(name: "WeChatSandbox", targets: ["WeChatSandbox"]),
        .library(name: "WeComProvider", targets: ["WeComProvider"]),
        .library(name: "WeComClient", targets: ["WeComClient"]),
        .library(name: "WeComSandbox", targets: ["WeComSandbox"]),
        .library(name: "WXAppProvider", targets: ["WXAppProvider"]),
        .library(name: "WXAppClient", targets: ["WXAppClient"]),
        .library(name: "WXAppSandbox", targets: ["WXAppSandbox"]),
        .executable(name: "broker", targets: ["broker"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.0"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.0"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.7.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(url: "https://github.com/apple/swift-service-context", from: "1.5.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0", traits: []),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0", traits: []),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.0"),
    ],
    targets: [
        // The core, and what it stands on.
        .target(
            name: "IdentityBroker",
            dependencies: [
                "JOSE", "StrictJSON",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HeapModule", package: "swift-collections"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ],
            swiftSettings: strict
        ),
        .target(name: "StrictJSON", swiftSettings: strict),
        .target(
            name: "JOSE",
            dependencies: [
                "StrictJSON",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ],
            swiftSettings: strict
        ),

        // The transport.
        .systemLibrary(
            name: "CLibcurl",
            pkgConfig: "libcurl",
            providers: [.apt(["libcurl4-openssl-dev"]), .brew(["curl"])]
        ),
        .target(name: "CLibcurlShims", dependencies: ["CLibcurl"]),
        .target(
            name: "CurlTransport",
            dependencies: [
                "CLibcurl", "CLibcurlShims", "IdentityBroker",
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            swiftSettings: strict
        ),

        // Providers, one folder each.
        .target(
            name: "UpstreamAPI",
            dependencies: [
                "IdentityBroker", "StrictJSON",
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            path: "Plugins/UpstreamAPI",
            swiftSettings: strict
        ),
        .target(
            name: "OAuthClient",
            dependencies: [
                "IdentityBroker", "UpstreamAPI",
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            path: "Plugins/OAuthClient",
            swiftSettings: strict
        ),
        .target(name: "AlipayClient", path: "Plugins/Alipay/Client", swiftSettings: strict),
        .target(
            name: "AlipayProvider",
            dependencies: [
                "IdentityBroker", "JOSE", "StrictJSON", "UpstreamAPI",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
            ],
            path: "Plugins/Alipay/Provider",
            swiftSettings: strict
        ),
        .target(
            name: "AlipaySandbox",
            dependencies: [
                "BrokerSandbox", "IdentityBroker", "LoopbackServer",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
                .product(name: "X509", package: "swift-certificates"),
            ],
            path: "Plugins/Alipay/Sandbox",
            swiftSettings: strict
        ),
        .target(name: "DingTalkClient", path: "Plugins/DingTalk/Client", swiftSettings: strict),
        .target(
            name: "DingTalkProvider",
            dependencies: [
                "IdentityBroker", "OAuthClient", "StrictJSON", "UpstreamAPI",
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            path: "Plugins/DingTalk/Provider",
            swiftSettings: strict
        ),
        .target(
            name: "DingTalkSandbox",
            dependencies: [
                "BrokerSandbox", "IdentityBroker", "LoopbackServer",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            path: "Plugins/DingTalk/Sandbox",
            swiftSettings: strict
        ),
        .target(name: "FeishuClient", path: "Plugins/Feishu/Client", swiftSettings: strict),
        .target(
            name: "FeishuProvider",
            dependencies: [
                "IdentityBroker", "OAuthClient", "StrictJSON", "UpstreamAPI",
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            path: "Plugins/Feishu/Provider",
            swiftSettings: strict
        ),
        .target(
            name: "FeishuSandbox",
            dependencies: [
                "BrokerSandbox", "IdentityBroker", "LoopbackServer",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            path: "Plugins/Feishu/Sandbox",
            swiftSettings: strict
        ),
        .target(
            name: "OAuth2Provider",
            dependencies: [
                "IdentityBroker", "OAuthClient", "StrictJSON", "UpstreamAPI",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            path: "Plugins/OAuth2/Provider",
            swiftSettings: strict
        ),
        .target(
            name: "OAuth2Sandbox",
            dependencies: [
                "BrokerSandbox", "IdentityBroker", "LoopbackServer",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Yams", package: "Yams"),
            ],
            path: "Plugins/OAuth2/Sandbox",
            swiftSettings: strict
        ),
        .target(
            name: "OpenIDConnectProvider",
            dependencies: [
                "IdentityBroker", "JOSE", "OAuthClient", "StrictJSON", "UpstreamAPI",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "Plugins/OpenIDConnect/Provider",
            swiftSettings: strict
        ),
        .target(
            name: "OpenIDConnectSandbox",
            dependencies: [
                "BrokerSandbox", "IdentityBroker", "LoopbackServer",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ],
            path: "Plugins/OpenIDConnect/Sandbox",
            swiftSettings: strict
        ),
        .target(name: "WeChatClient", path: "Plugins/WeChat/Client", swiftSettings: strict),
        .target(
            name: "WeChatFamily",
            dependencies: [
                "IdentityBroker", "StrictJSON", "UpstreamAPI",
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            path: "Plugins/WeChatFamily",
            swiftSettings: strict
        ),
        .target(
            name: "WeChatProvider",
            dependencies: [
                "IdentityBroker", "StrictJSON", "UpstreamAPI", "WeChatClient", "WeChatFamily",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            path: "Plugins/WeChat/Provider",
            swiftSettings: strict
        ),
        .target(
            name: "WeChatSandbox",
            dependencies: [
                "BrokerSandbox", "IdentityBroker", "LoopbackServer",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ],
            path: "Plugins/WeChat/Sandbox",
            swiftSettings: strict
        ),
        .target(name: "WeComClient", path: "Plugins/WeCom/Client", swiftSettings: strict),
        .target(
            name: "WeComProvider",
            dependencies: [
                "IdentityBroker", "StrictJSON", "UpstreamAPI", "WeChatFamily",
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            path: "Plugins/WeCom/Provider",
            swiftSettings: strict
        ),
        .target(
            name: "WeComSandbox",
            dependencies: [
                "BrokerSandbox", "IdentityBroker", "LoopbackServer",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            path: "Plugins/WeCom/Sandbox",
            swiftSettings: strict
        ),
        .target(name: "WXAppClient", path: "Plugins/WXApp/Client", swiftSettings: strict),
        .target(
            name: "WXAppProvider",
            dependencies: [
                "IdentityBroker", "JOSE", "StrictJSON", "WXAppClient",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            path: "Plugins/WXApp/Provider",
            swiftSettings: strict
        ),

        .target(
            name: "WXAppSandbox",
            dependencies: [
                "BrokerSandbox", "IdentityBroker", "LoopbackServer",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
            ],
            path: "Plugins/WXApp/Sandbox",
            swiftSettings: strict
        ),

        // Stores.
        .target(name: "CSQLiteShims"),
        .target(
            name: "BrokerSQLite",
            dependencies: [
                "CSQLiteShims", "IdentityBroker", "StrictJSON",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict
        ),
        .systemLibrary(
            name: "CLibpq",
            pkgConfig: "libpq",
            providers: [.apt(["libpq-dev"]), .brew(["libpq"])]
        ),
        .target(
            name: "BrokerPostgres",
            dependencies: [
                "CLibpq", "IdentityBroker", "StrictJSON", .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict
        ),

        // Tokens, and the service that gives them out.
        .target(
            name: "BrokerTokens",
            dependencies: [
                "IdentityBroker", "JOSE", "StrictJSON",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "BrokerObservability",
            dependencies: [
                "IdentityBroker",
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Instrumentation", package: "swift-distributed-tracing"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict
        ),
        .target(name: "BrokerServing", dependencies: ["IdentityBroker"], swiftSettings: strict),
        .target(
            name: "BrokerServer",
            dependencies: [
                "BrokerObservability", "BrokerServing", "BrokerTokens", "IdentityBroker", "StrictJSON",
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "ServiceContextModule", package: "swift-service-context"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            resources: [.embedInCode("Description/openapi.json")],
            swiftSettings: strict
        ),

        // What is built around the core.
        .target(
            name: "BrokerConfiguration",
            dependencies: [
                "BrokerServing", "BrokerTokens", "IdentityBroker", "JOSE", "StrictJSON",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "BrokerService",
            dependencies: [
                "BrokerConfiguration", "BrokerObservability", "BrokerServer", "BrokerServing", "BrokerTokens",
                "CurlTransport", "IdentityBroker", "StrictJSON",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "BrokerSandbox",
            dependencies: [
                "IdentityBroker", "LoopbackServer",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
            ],
            swiftSettings: strict
        ),
        .target(name: "CProcessShims"),
        .target(
            name: "BrokerCommands",
            dependencies: [
                "BrokerConfiguration", "BrokerObservability", "BrokerSandbox", "BrokerServer", "BrokerService",
                "BrokerServing", "BrokerSQLite", "BrokerTokens", "CProcessShims", "IdentityBroker", "JOSE",
                "StrictJSON",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "broker",
            dependencies: [
                "AlipayProvider", "AlipaySandbox", "BrokerCommands", "BrokerPostgres", "BrokerSQLite",
                "DingTalkProvider", "DingTalkSandbox", "FeishuProvider", "FeishuSandbox", "IdentityBroker",
                "OAuth2Provider", "OAuth2Sandbox", "OpenIDConnectProvider", "OpenIDConnectSandbox", "WXAppProvider",
                "WXAppSandbox", "WeChatProvider", "WeChatSandbox", "WeComProvider", "WeComSandbox",
            ],
            swiftSettings: strict
        ),

        // Upstreams that run here: for development and for tests.
        .target(
            name: "LoopbackServer",
            dependencies: [
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
                .product(name: "X509", package: "swift-certificates"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "BrokerTesting",
            dependencies: [
                "BrokerConfiguration", "CurlTransport", "IdentityBroker", "LoopbackServer", "StrictJSON",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "InMemoryTracing", package: "swift-distributed-tracing"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "MetricsTestKit", package: "swift-metrics"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ],
            swiftSettings: strict
        ),

        // One test target per module.
        .testTarget(
            name: "IdentityBrokerTests",
            dependencies: [
                "BrokerTesting", "IdentityBroker", "LoopbackServer", "StrictJSON",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "InMemoryTracing", package: "swift-distributed-tracing"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "MetricsTestKit", package: "swift-metrics"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "StrictJSONTests",
            dependencies: ["StrictJSON"],
            resources: [.copy("Fixtures")],
            swiftSettings: strict
        ),
        .testTarget(
            name: "JOSETests",
            dependencies: [
                "BrokerTesting", "JOSE", "StrictJSON",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "JWTKit", package: "jwt-kit"),
            ],
            resources: [.copy("Fixtures")],
            swiftSettings: strict
        ),
        .testTarget(
            name: "CurlTransportTests",
            dependencies: [
                "BrokerTesting", "CLibcurl", "CLibcurlShims", "CurlTransport", "IdentityBroker", "LoopbackServer",
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            swiftSettings: strict
        ),
        .testTarget(name: "AlipayClientTests", dependencies: ["AlipayClient"], swiftSettings: strict),
        .testTarget(
            name: "AlipayProviderTests",
            dependencies: [
                "AlipayProvider", "BrokerTesting", "IdentityBroker", "LoopbackServer", "StrictJSON", "UpstreamAPI",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
                .product(name: "X509", package: "swift-certificates"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "AlipaySandboxTests",
            dependencies: [
                "AlipayProvider", "AlipaySandbox", "BrokerSandbox", "BrokerTesting", "IdentityBroker",
                "LoopbackServer",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ],
            swiftSettings: strict
        ),
        .testTarget(name: "DingTalkClientTests", dependencies: ["DingTalkClient"], swiftSettings: strict),
        .testTarget(
            name: "DingTalkProviderTests",
            dependencies: [
                "BrokerTesting", "DingTalkProvider", "IdentityBroker", "LoopbackServer", "StrictJSON", "UpstreamAPI",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "DingTalkSandboxTests",
            dependencies: [
                "BrokerSandbox", "BrokerTesting", "DingTalkProvider", "DingTalkSandbox", "IdentityBroker",
                "LoopbackServer",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "OAuth2ProviderTests",
            dependencies: [
                "BrokerConfiguration", "BrokerTesting", "CurlTransport", "IdentityBroker", "LoopbackServer",
                "OAuth2Provider", "OAuthClient", "StrictJSON", "UpstreamAPI",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "OpenIDConnectProviderTests",
            dependencies: [
                "BrokerTesting", "CurlTransport", "IdentityBroker", "JOSE", "LoopbackServer", "OAuthClient",
                "OpenIDConnectProvider", "StrictJSON", "UpstreamAPI",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "JWTKit", package: "jwt-kit"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "OAuth2SandboxTests",
            dependencies: [
                "BrokerSandbox", "IdentityBroker", "LoopbackServer", "OAuth2Sandbox",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "OpenIDConnectSandboxTests",
            dependencies: [
                "BrokerSandbox", "LoopbackServer", "OpenIDConnectSandbox",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: strict
        ),
        .testTarget(name: "FeishuClientTests", dependencies: ["FeishuClient"], swiftSettings: strict),
        .testTarget(name: "WeChatClientTests", dependencies: ["WeChatClient"], swiftSettings: strict),
        .testTarget(
            name: "FeishuProviderTests",
            dependencies: [
                "BrokerTesting", "FeishuProvider", "IdentityBroker", "LoopbackServer", "StrictJSON", "UpstreamAPI",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "FeishuSandboxTests",
            dependencies: [
                "BrokerSandbox", "BrokerTesting", "FeishuProvider", "FeishuSandbox", "IdentityBroker", "LoopbackServer",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "WeChatProviderTests",
            dependencies: [
                "BrokerTesting", "CurlTransport", "IdentityBroker", "LoopbackServer", "StrictJSON", "UpstreamAPI",
                "WeChatClient", "WeChatProvider",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "WeChatSandboxTests",
            dependencies: [
                "BrokerSandbox", "BrokerTesting", "IdentityBroker", "LoopbackServer", "WeChatProvider",
                "WeChatSandbox",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "WeComProviderTests",
            dependencies: [
                "BrokerTesting", "IdentityBroker", "LoopbackServer", "StrictJSON", "UpstreamAPI", "WeChatFamily",
                "WeComClient", "WeComProvider",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "WeComSandboxTests",
            dependencies: [
                "BrokerSandbox", "BrokerTesting", "IdentityBroker", "LoopbackServer", "WeComProvider", "WeComSandbox",
            ],
            swiftSettings: strict
        ),
        .testTarget(name: "WeComClientTests", dependencies: ["WeComClient"], swiftSettings: strict),
        .testTarget(name: "WXAppClientTests", dependencies: ["WXAppClient"], swiftSettings: strict),
        .testTarget(
            name: "WXAppProviderTests",
            dependencies: [
                "BrokerTesting", "IdentityBroker", "LoopbackServer", "StrictJSON", "WXAppClient", "WXAppProvider",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
            ],
            resources: [.copy("Fixtures")],
            swiftSettings: strict
        ),
        .testTarget(
            name: "BrokerConfigurationTests",
            dependencies: [
                "AlipayProvider", "BrokerConfiguration", "BrokerPostgres", "BrokerSQLite", "BrokerServing",
                "BrokerTesting", "BrokerTokens", "DingTalkProvider", "FeishuProvider", "IdentityBroker",
                "LoopbackServer", "OAuth2Provider", "OpenIDConnectProvider", "StrictJSON", "WXAppProvider",
                "WeChatProvider", "WeComProvider",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "BrokerSQLiteTests",
            dependencies: [
                "BrokerSQLite", "BrokerTesting", "IdentityBroker",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "BrokerPostgresTests",
            dependencies: [
                "BrokerPostgres", "BrokerTesting", "IdentityBroker", "LoopbackServer", "PostgresTesting",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "BrokerTokensTests",
            dependencies: [
                "BrokerTesting", "BrokerTokens", "IdentityBroker", "JOSE", "StrictJSON",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "JWTKit", package: "jwt-kit"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "BrokerObservabilityTests",
            dependencies: [
                "BrokerObservability", "IdentityBroker",
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "InMemoryTracing", package: "swift-distributed-tracing"),
                .product(name: "Instrumentation", package: "swift-distributed-tracing"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "BrokerServerTests",
            dependencies: [
                "BrokerObservability", "BrokerServer", "BrokerServing", "BrokerTesting", "BrokerTokens",
                "IdentityBroker", "JOSE", "LoopbackServer", "StrictJSON",
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "InMemoryTracing", package: "swift-distributed-tracing"),
                .product(name: "Instrumentation", package: "swift-distributed-tracing"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "ServiceContextModule", package: "swift-service-context"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "BrokerServiceTests",
            dependencies: [
                "BrokerConfiguration", "BrokerServer", "BrokerService", "BrokerServing", "BrokerSQLite",
                "BrokerTesting", "BrokerTokens", "CurlTransport", "IdentityBroker", "JOSE", "LoopbackServer",
                "StrictJSON", "WXAppProvider",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "BrokerCommandsTests",
            dependencies: [
                "broker", "BrokerCommands", "BrokerConfiguration", "BrokerSandbox", "BrokerServer", "BrokerService",
                "BrokerTesting", "IdentityBroker", "LoopbackServer", "OAuth2Provider", "OAuth2Sandbox",
                "OpenIDConnectProvider", "OpenIDConnectSandbox", "PostgresTesting", "StrictJSON", "WXAppProvider",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "DocumentationTests",
            dependencies: [
                "broker", "BrokerConfiguration", "BrokerPostgres", "BrokerSQLite", "CurlTransport", "IdentityBroker",
                "WXAppProvider", "WXAppSandbox",
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "LoopbackServerTests", dependencies: ["BrokerTesting", "LoopbackServer"], swiftSettings: strict),
        .testTarget(
            name: "BrokerSandboxTests", dependencies: ["BrokerSandbox", "LoopbackServer"], swiftSettings: strict),
        .testTarget(
            name: "BrokerTestingTests",
            dependencies: [
                "BrokerTesting", "IdentityBroker", "LoopbackServer", .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "WXAppSandboxTests",
            dependencies: ["BrokerTesting", "LoopbackServer", "WXAppSandbox"],
            swiftSettings: strict
        ),

        // A real PostgreSQL server for tests.
        .target(
            name: "PostgresTesting",
            dependencies: ["BrokerPostgres", "IdentityBroker"],
            path: "Tests/PostgresTesting",
            swiftSettings: strict
        ),

        // The conformance kits, all stores under theirs, and the whole under load.
        .testTarget(
            name: "ProviderConformanceTests",
            dependencies: [
                "BrokerTesting", "IdentityBroker", "LoopbackServer", "StrictJSON",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "StoreConformanceTests",
            dependencies: [
                "broker-probe", "BrokerPostgres", "BrokerSQLite", "BrokerTesting", "BrokerTokens", "CurlTransport",
                "IdentityBroker", "LoopbackServer", "PostgresTesting", "StrictJSON",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            resources: [.copy("Snapshots")],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "broker-probe",
            dependencies: [
                "BrokerPostgres", "BrokerSQLite", "CurlTransport", "IdentityBroker",
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            path: "Tests/BrokerProbe",
            swiftSettings: strict
        ),
        .testTarget(
            name: "IsolationTests",
            dependencies: [
                "BrokerTesting", "CurlTransport", "IdentityBroker", "LoopbackServer",
                .product(name: "HTTPTypes", package: "swift-http-types"),
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
