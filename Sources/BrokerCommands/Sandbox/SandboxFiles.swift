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
    init(
        for sandbox: any Sandbox,
        of kind: SandboxKind,
        as id: ProviderID,
        in directory: String?,
        endingWith end: OrderlyEnd
    ) throws(BrokerError) {
        self.directory = if let directory { directory } else { try Self.makeTemporaryDirectory(endingWith: end) }
        configuration = self.directory + "/broker.yaml"
        caFile = self.directory + "/ca.pem"
        let files = sandbox.settings.flatMap(\.files).map { (path: "\(self.directory)/\($0.name)", text: $0.text) }
        try Self.checkOverwriting(configuration, and: [caFile] + files.map(\.path))
        do {
            try FileManager.default.createDirectory(
                atPath: self.directory,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
            try Self.write(sandbox.caCertificatePEM, to: caFile)
            for file in files { try Self.write(file.text, to: file.path) }
            try Self.write(Self.configuration(for: sandbox, of: kind, as: id), to: configuration)
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

    /// Checks that writing these files destroys none but those of an earlier sandbox.
    private static func checkOverwriting(_ configuration: String, and others: [String]) throws(BrokerError) {
        let text = try? String(contentsOfFile: configuration, encoding: .utf8)
        guard text?.prefix(while: { $0 != "\n" }).hasSuffix(mark) != true,
            let path = ([configuration] + others).first(where: FileManager.default.fileExists)
        else { return }
        throw .misconfigured("\(path) exists, and no sandbox wrote it. Name another directory.")
    }

    /// The end of a configuration's first line.
    private static let mark = ", in a sandbox. It is good for as long as the sandbox runs."

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

    private static func configuration(for sandbox: any Sandbox, of kind: SandboxKind, as id: ProviderID) -> String {
        """
        # \(kind.displayName.printable)\(mark)
        version: 1
        providers:
          \(id):
            type: \(kind.providerType.yamlScalar)
            displayName: \("\(kind.displayName) sandbox".yamlScalar)
            settings:
        \(sandbox.settings.map { "      \($0.yaml)\n" }.joined())\
            network: { caFile: ca.pem, allowAddresses: [127.0.0.0/8, "::1/128"] }

        """
    }
}

extension SandboxSetting {
    /// The files to which it refers, by their names.
    fileprivate var files: [(name: String, text: String)] {
        switch value {
        case .text, .boolean, .list: []
        case .secret(let text), .file(let text): [(key, text)]
        case .object(let settings): settings.flatMap(\.files)
        }
    }

    /// Key and value, on one line.
    fileprivate var yaml: String {
        let value =
            switch value {
            case .text(let text): text.yamlScalar
            case .boolean(let value): "\(value)"
            case .secret: "{ file: \(key.yamlScalar) }"
            case .file: key.yamlScalar
            case .list(let texts): "[\(texts.map(\.yamlScalar).joined(separator: ", "))]"
            case .object(let settings): "{ \(settings.map(\.yaml).joined(separator: ", ")) }"
            }
        return "\(key.yamlScalar): \(value)"
    }
}
