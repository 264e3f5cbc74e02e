import BrokerConfiguration
import IdentityBroker

extension Configuration {
    /// The configuration in a text, as if from `/etc/broker/test.yaml`.
    init(_ yaml: String) throws {
        try self.init(bytes: Array(yaml.utf8))
    }

    init(bytes: [UInt8], stores: [StoreKind] = [.memory, .filed]) throws {
        try self.init(
            yaml: bytes,
            file: "test.yaml",
            baseDirectory: "/etc/broker",
            providers: ProviderRegistry([RichProvider.self, PlainProvider.self]),
            stores: StoreRegistry(stores)
        )
    }

    /// A configuration whose only instance, `rich`, has these lines under `settings:`.
    init(settings: String) throws {
        let indented = settings.split(separator: "\n", omittingEmptySubsequences: false).map { "      \($0)" }
        try self.init(
            """
            version: 1
            providers:
              rich:
                type: rich
                settings:
            \(indented.joined(separator: "\n"))
            """
        )
    }
}

extension StoreKind {
    /// A kind with its own settings, whose store is in memory.
    static let filed = StoreKind(
        name: "filed",
        documentation: "Keeps everything in a file.",
        settings: [.required("path", .path, "The file."), .optional("password", .secret, "Its password.")],
        makeStore: { decoder, _ in
            let settings = try FiledStoreSettings(from: decoder)
            guard settings.path != "/full" else { throw BrokerError(.misconfigured, "The disk is full.") }
            return MemoryStore()
        }
    )
}

/// The settings of a store at a path.
struct FiledStoreSettings: Decodable {
    let path: String
}

/// The problems of a text, as `line:column: message` without the file's name.
func problems(in yaml: String) throws -> [String] {
    try problems(in: Array(yaml.utf8))
}

func problems(in bytes: [UInt8]) throws -> [String] {
    do {
        _ = try Configuration(bytes: bytes)
        return []
    } catch let error as ConfigurationError {
        return error.description.split(separator: "\n").map { $0.replacing("test.yaml:", with: "", maxReplacements: 1) }
            .map { $0.hasPrefix(" ") ? String($0.dropFirst()) : String($0) }
    }
}
