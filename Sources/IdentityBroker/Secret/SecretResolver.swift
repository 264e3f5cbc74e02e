import Foundation

/// Where to find a secret: configuration contains this, never the secret itself.
///
/// It is resolved where the secret is needed, so that what needs none (a launch request, a schema) works without it.
public enum SecretReference: Sendable, Equatable {
    /// The value of an environment variable.
    case environment(String)
    /// The contents of a file, without one trailing line break.
    case file(String)
    /// The secret itself. For tests, and for programs that get it from elsewhere.
    case literal(Secret)
}

extension SecretReference: Decodable {
    private enum CodingKeys: String, CodingKey {
        case environment = "env"
        case file
        case literal
    }

    /// Decodes `{ env: NAME }`, `{ file: PATH }` or `{ literal: TEXT }`, with exactly one key.
    ///
    /// - Throws: `DecodingError` that contains no value.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        guard container.allKeys.count == 1, let key = container.allKeys.first else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath,
                    debugDescription: "A secret is a reference: exactly one of env, file and literal."
                )
            )
        }
        let text = try container.decode(String.self, forKey: key)
        switch key {
        case .environment: self = .environment(text)
        case .file: self = .file(text)
        case .literal: self = .literal(Secret(text))
        }
    }
}

/// Reads the secrets that references name. A value, so that a test or an embedding app can pass its own.
public struct SecretResolver: Sendable {
    private let environment: @Sendable (String) -> String?
    private let readFile: @Sendable (String) throws -> [UInt8]

    /// The maximum size of a secret file in bytes: no secret is longer, and a device file has no end.
    static let maximumFileBytes = 64 * 1024

    /// Makes a resolver with an environment and a file system.
    public init(
        environment: @escaping @Sendable (String) -> String?,
        readFile: @escaping @Sendable (String) throws -> [UInt8]
    ) {
        self.environment = environment
        self.readFile = readFile
    }

    /// The resolver for this process's environment and files.
    public static var process: SecretResolver {
        SecretResolver(
            environment: { ProcessInfo.processInfo.environment[$0] },
            readFile: { path in
                let handle = try FileDescriptorReader(path: path)
                return try handle.read(atMost: maximumFileBytes + 1)
            }
        )
    }

    /// Reads the secret.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` that names the reference and never the
    ///   value: if a variable is unset or empty; if a file is unreadable, empty, not UTF-8, or longer than 64 KiB; if
    ///   either has surrounding white space, a byte order mark, or invisible characters. Only a file with a PEM key may
    ///   have more than one line.
    public func resolve(_ reference: SecretReference) throws(BrokerError) -> Secret {
        switch reference {
        case .literal(let secret):
            guard !secret.isEmpty else { throw .misconfigured("A literal secret is empty.") }
            return secret
        case .environment(let name):
            guard let value = environment(name), !value.isEmpty else {
                throw .misconfigured("The environment variable \(name) is not set. Set it to the secret.")
            }
            if let flaw = SecretTextFlaw(in: value) {
                throw .misconfigured("The value of the environment variable \(name) \(flaw.predicate)")
            }
            return Secret(value)
        case .file(let path):
            return try resolveFile(path)
        }
    }

    private func resolveFile(_ path: String) throws(BrokerError) -> Secret {
        let bytes: [UInt8]
        do {
            bytes = try readFile(path)
        } catch {
            throw .misconfigured("The secret file \(path) cannot be read. Check that it exists and its permissions.")
        }
        guard bytes.count <= Self.maximumFileBytes else {
            throw .misconfigured("The secret file \(path) is longer than 64 KiB. Is it the right file?")
        }
        guard var text = String(validating: bytes, as: UTF8.self) else {
            throw .misconfigured("The secret file \(path) is not UTF-8 text.")
        }
        // A carriage return and a line feed together are one character.
        if text.last == "\n" || text.last == "\r\n" { text.removeLast() }
        guard !text.isEmpty else { throw .misconfigured("The secret file \(path) is empty.") }
        switch SecretTextFlaw(in: text) {
        case .trailingLineBreak:
            throw .misconfigured("The secret file \(path) ends with more than one line break. Leave one at most.")
        case let flaw?:
            throw .misconfigured("The secret file \(path) \(flaw.predicate)")
        case nil:
            return Secret(text)
        }
    }
}
