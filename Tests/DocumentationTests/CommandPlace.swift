import Foundation
import Subprocess
import WXAppSandbox

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// A folder with what the documented commands need: a configuration that points at a sandbox, a ticket in a file, a
/// callback in another, and this package.
struct CommandPlace {
    private let directory: URL
    private let secret: String

    init(sandbox: GenAuthSandbox) throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "readme-\(UUID().uuidString)")
        secret = sandbox.configuration.secret
        let configuration = directory.appending(path: "Config")
        try FileManager.default.createDirectory(at: configuration, withIntermediateDirectories: true)
        try sandbox.writeCACertificate(to: directory.appending(path: "ca.pem").path())
        try write(sandbox.mintTicket() + "\n", to: "ticket")
        try write(sandbox.authorize("/routes/explore?userPoolId=5e4cdd055df3df65dc58b97d&fromApp=1"), to: "callback")
        // The key below, and its replacement.
        try write("a key encryption key, for a test", to: "kek")
        try write("another key encryption key, for a test", to: "kek.new")
        // A new provider's package searches for this package here and in parent folders.
        try write("let package = Package(name: \"identity-broker\")\n", to: "Package.swift")
        try write(
            """
            version: 1
            providers:
              wxapp:
                type: wxapp
                settings:
                  userPoolId: 5e4cdd055df3df65dc58b97d
                  secret: { env: GENAUTH_USER_POOL_SECRET }
                  baseURL: \(sandbox.baseURL)
                network: { caFile: ../ca.pem, allowAddresses: [127.0.0.0/8] }
            server: { keyEncryptionKey: { literal: "a key encryption key, for a test" } }
            """,
            to: "Config/broker.yaml"
        )
    }

    /// Runs a line in a shell, with the built `broker` on its path.
    func run(_ command: String) async throws -> (status: Int, error: String) {
        let products = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().path()
        let result = try await Subprocess.run(
            .path("/bin/sh"),
            arguments: ["-c", command],
            environment: .custom(["PATH": "\(products):/usr/bin:/bin", "GENAUTH_USER_POOL_SECRET": secret]),
            workingDirectory: FilePath(directory.path()),
            output: .discarded,
            error: .string(limit: 1 << 20)
        )
        guard case .exited(let status) = result.terminationStatus else { return (-1, "") }
        return (Int(status), result.standardError)
    }

    /// The text of a file in the folder.
    func text(of name: String) throws -> String {
        try String(contentsOf: directory.appending(path: name), encoding: .utf8)
    }

    func remove() {
        try? FileManager.default.removeItem(at: directory)
    }

    private func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: directory.appending(path: name))
    }
}
