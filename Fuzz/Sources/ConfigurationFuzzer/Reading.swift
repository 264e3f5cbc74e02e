import BrokerConfiguration
import IdentityBroker
import WXAppProvider

/// The result of reading a file.
struct Reading {
    static let file = "fuzzed.yaml"

    let outcome: Result<Configuration, ConfigurationError>

    init(_ yaml: [UInt8]) {
        do {
            outcome = .success(
                try Configuration(
                    yaml: yaml,
                    file: Self.file,
                    baseDirectory: "/etc/broker",
                    providers: ProviderRegistry([WXAppProvider.self]),
                    stores: StoreRegistry([.memory])
                )
            )
        } catch let error as ConfigurationError {
            outcome = .failure(error)
        } catch {
            // Cannot happen: one provider type and one kind of store, with different names and a valid manifest.
            fatalError("The registries cannot be made: \(error)")
        }
    }
}

extension Reading: Equatable {
    /// Whether both have the same problems, or the same instances.
    static func == (left: Reading, right: Reading) -> Bool {
        switch (left.outcome, right.outcome) {
        case (.success(let left), .success(let right)):
            left.providers.elementsEqual(right.providers, by: isAlike)
        case (.failure(let left), .failure(let right)):
            left == right
        default:
            false
        }
    }

    private static func isAlike(_ left: ProviderEntry, _ right: ProviderEntry) -> Bool {
        left.id == right.id && left.displayName == right.displayName && left.isEnabled == right.isEnabled
            && left.limits == right.limits && left.network == right.network
    }
}
