extension ProviderSkeleton {
    var manifest: String {
        #"""
        // swift-tools-version:6.2
        import PackageDescription

        let package = Package(
            name: "\#(name.type)-provider",
            platforms: [.macOS(.v15)],
            products: [
                .library(name: "\#(name.module)", targets: ["\#(name.module)"]),
                .executable(name: "\#(name.program)", targets: ["\#(name.program)"]),
            ],
            dependencies: [
                \#(package.dependency(in: directory, from: RootCommand.version)),
                .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
            ],
            targets: [
                // The provider, without transport and configuration: an app that embeds it has its own.
                .target(
                    name: "\#(name.module)",
                    dependencies: [
                        .product(name: "HTTPTypes", package: "swift-http-types"),
                        .product(name: "IdentityBroker", package: "\#(package.identity)"),
                        .product(name: "StrictJSON", package: "\#(package.identity)"),
                    ],
                    swiftSettings: strict
                ),
                // A command line with the provider.
                .executableTarget(
                    name: "\#(name.program)",
                    dependencies: [
                        "\#(name.module)",
                        .product(name: "BrokerCommands", package: "\#(package.identity)"),
                    ],
                    swiftSettings: strict
                ),
                .testTarget(
                    name: "\#(name.module)Tests",
                    dependencies: [
                        "\#(name.module)",
                        .product(name: "BrokerTesting", package: "\#(package.identity)"),
                        .product(name: "IdentityBroker", package: "\#(package.identity)"),
                        .product(name: "LoopbackServer", package: "\#(package.identity)"),
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

        """#
    }

    var ignored: String {
        """
        .build/
        .swiftpm/
        Package.resolved
        *.sqlite
        *.sqlite-*

        """
    }

    /// The format of this package.
    var format: String {
        """
        {
          "version": 1,
          "lineLength": 120,
          "indentation": { "spaces": 4 },
          "maximumBlankLines": 1,
          "respectsExistingLineBreaks": true,
          "fileScopedDeclarationPrivacy": { "accessLevel": "private" },
          "rules": {
            "AllPublicDeclarationsHaveDocumentation": true,
            "BeginDocumentationCommentWithOneLineSummary": false,
            "NeverForceUnwrap": true,
            "NeverUseForceTry": true,
            "NeverUseImplicitlyUnwrappedOptionals": true,
            "NoLeadingUnderscores": false,
            "OmitExplicitReturns": false,
            "UseEarlyExits": true
          }
        }

        """
    }
}
