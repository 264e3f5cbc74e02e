import BrokerConfiguration
import BrokerSandbox
import BrokerService
import Foundation
import IdentityBroker

/// The files through which `login --config` finds a sandbox: a configuration, its authority's certificate, and each
/// secret in a file that no one else can read.
struct SandboxFiles: Sendable {
    let directory: String
    let configuration: String
    let caFile: String

    /// Writes the files, by default into the process's own directory. That directory is removed with the process or, if
    /// the process is killed, at the next start.
    init<Kind: Sandbox>(
        for sandbox: Kind,
        as id: ProviderID,
        in directory: String?,
        endingWith end: OrderlyEnd
    ) throws(BrokerError) {
        self.directory = if let directory { directory } else { try Self.makeTemporaryDirectory(endingWith: end) }
        configuration = self.directory + "/broker.yaml"
        caFile = self.directory + "/ca.pem"
        do {
            try FileManager.default.createDirectory(
                atPath: self.directory,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
            try Self.write(sandbox.caCertificatePEM, to: caFile)
            for setting in sandbox.settings {
                guard case .secret(let secret) = setting.value else { continue }
                try Self.write(secret, to: "\(self.directory)/\(setting.key)")
            }
            try Self.write(Self.configuration(for: sandbox, as: id), to: configuration)
        } catch {
            throw BrokerError(.internalError, "The sandbox's files cannot be written to \(self.directory).")
        }
    }

    /// Reads the configuration for the sandbox.
    func loadConfiguration(in composition: Composition) throws(BrokerError) -> Configuration {
        do {
            return try Configuration.load(
                contentsOf: configuration, providers: composition.providers, stores: composition.stores)
        } catch {
            throw composition.console.report(error)
        }
    }

    private static func makeTemporaryDirectory(endingWith end: OrderlyEnd) throws(BrokerError) -> String {
        let parent = FileManager.default.temporaryDirectory.path(percentEncoded: false)
        ProcessDirectory.removeAbandoned(in: parent)
        do throws(SystemFailure) {
            let directory = try ProcessDirectory(in: parent)
            end.add("the sandbox's files") { directory.remove() }
            return directory.path
        } catch {
            throw BrokerError(.internalError, "Cannot create a directory in \(parent): \(error.reason).")
        }
    }

    /// Writes a file that only its owner can read, from its first byte on.
    private static func write(_ text: String, to path: String) throws {
        let created = FileManager.default.createFile(
            atPath: path,
            contents: nil,
            attributes: [.posixPermissions: 0o600]
        )
        guard created else { throw CocoaError(.fileWriteUnknown) }
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        try Data(text.utf8).write(to: URL(filePath: path))
    }

    private static func configuration<Kind: Sandbox>(for sandbox: Kind, as id: ProviderID) -> String {
        let settings = sandbox.settings.map { setting in
            switch setting.value {
            case .text(let text): "      \(setting.key.yamlScalar): \(text.yamlScalar)\n"
            case .secret: "      \(setting.key.yamlScalar): { file: \(setting.key.yamlScalar) }\n"
            }
        }
        return """
            # \(Kind.displayName.printable), in a sandbox. It is good for as long as the sandbox runs.
            version: 1
            providers:
              \(id):
                type: \(Kind.providerType.yamlScalar)
                displayName: \("\(Kind.displayName) sandbox".yamlScalar)
                settings:
            \(settings.joined())\
                network: { caFile: ca.pem, allowAddresses: [127.0.0.0/8, "::1/128"] }

            """
    }
}
