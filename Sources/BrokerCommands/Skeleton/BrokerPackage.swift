import Foundation

/// Where a new package gets the package `identity-broker`.
enum BrokerPackage: Sendable, Hashable {
    /// A directory, by its canonical path.
    case directory(String, isRelative: Bool)
    /// A repository, by its URL.
    case repository(String)

    /// Why it was not found.
    struct Absence: Error {
        let message: String
    }

    private static let name = "identity-broker"

    /// Uses the given URL or path, or else searches here and in parent directories.
    static func find(_ given: String?) throws(Absence) -> BrokerPackage {
        guard let given else { return .directory(try nearest(), isRelative: true) }
        if isRepository(given) { return .repository(given) }
        guard let path = CanonicalPath.of(given), isBrokerPackage(path) else {
            throw Absence(
                message: "--package takes a folder that holds the package '\(name)', or the URL of its repository.")
        }
        return .directory(path, isRelative: !given.hasPrefix("/"))
    }

    private static func nearest() throws(Absence) -> String {
        var components = (CanonicalPath.of(".") ?? "/").split(separator: "/")
        while true {
            let path = "/" + components.joined(separator: "/")
            if isBrokerPackage(path) { return path }
            guard components.popLast() != nil else {
                throw Absence(
                    message: """
                        The package '\(name)' is not in this folder or above it. Run this in its source tree, or say where \
                        it is: --package PATH, or --package URL.
                        """)
            }
        }
    }

    /// Whether Swift's package manager would clone it.
    private static func isRepository(_ text: String) -> Bool {
        text.wholeMatch(of: /(?:https?|ssh|git|file):\/\/[^\s\/]*\/\S+|[^\s@:\/]+@[^\s:\/]+:\S+/) != nil
    }

    private static func isBrokerPackage(_ directory: String) -> Bool {
        let manifest = URL(filePath: directory, directoryHint: .isDirectory).appending(path: "Package.swift")
        guard let bytes = try? Data(contentsOf: manifest) else { return false }
        // A package that depends on it names it too, but with `.package(name:`.
        return String(decoding: bytes, as: UTF8.self).contains(/\bPackage\(\s*name:\s*"identity-broker"/)
    }

    /// The dependency, as written in the manifest of a package in a directory.
    ///
    /// - Parameters:
    ///   - directory: The directory. It must exist for a relative path from it.
    ///   - version: The minimum version to take from a repository.
    func dependency(in directory: String, from version: String) -> String {
        switch self {
        case .repository(let url):
            return ".package(url: \(url.swiftLiteral), from: \(version.swiftLiteral))"
        case .directory(let path, let isRelative):
            let base = isRelative ? CanonicalPath.of(directory) : nil
            let path = base.map { CanonicalPath.relative(path, to: $0) } ?? path
            return ".package(name: \(Self.name.swiftLiteral), path: \(path.swiftLiteral))"
        }
    }

    /// The name by which the package's products are referred to: a repository is known by the end of its URL.
    var identity: String {
        guard case .repository(let url) = self, let end = url.split(whereSeparator: { "/:".contains($0) }).last else {
            return Self.name
        }
        return String(end.hasSuffix(".git") ? end.dropLast(4) : end)
    }
}

extension String {
    /// The text as a Swift string literal.
    var swiftLiteral: String {
        "\"\(replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
    }
}
