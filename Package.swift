// swift-tools-version:6.2
import PackageDescription

let package = Package(
    name: "identity-broker",
    platforms: [.macOS(.v15), .iOS(.v18)],
    products: [
        .library(name: "StrictJSON", targets: ["StrictJSON"]),
    ],
    targets: [
        .target(name: "StrictJSON", swiftSettings: strict),
        .testTarget(
            name: "StrictJSONTests",
            dependencies: ["StrictJSON"],
            resources: [.copy("Fixtures")],
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
