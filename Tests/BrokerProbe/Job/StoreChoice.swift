import BrokerPostgres
import BrokerSQLite
package import IdentityBroker

import Foundation

/// A kind of store and its settings, as in a configuration.
package struct StoreChoice: Codable, Sendable {
    private let kind: String
    private let settings: String

    /// - Parameter settings: The settings as JSON.
    package init(kind: StoreKind, settings: String) {
        self.kind = kind.name
        self.settings = settings
    }

    /// Opens the store.
    package func open() throws -> any BrokerStore {
        let registry = try StoreRegistry([.memory, .postgres, .sqlite])
        guard let kind = registry[kind] else { throw UnknownKind(name: kind) }
        let decoder = try JSONDecoder().decode(SettingsDecoder.self, from: Data(settings.utf8)).decoder
        guard let store = try kind.makeStore(decoder, StoreContext()) as? any BrokerStore else {
            throw NoBrokerStore(name: kind.name)
        }
        return store
    }

    private struct UnknownKind: Error {
        let name: String
    }

    private struct NoBrokerStore: Error {
        let name: String
    }

    /// Captures the decoder from which a kind of store reads its settings.
    private struct SettingsDecoder: Decodable {
        let decoder: any Decoder

        init(from decoder: any Decoder) {
            self.decoder = decoder
        }
    }
}
