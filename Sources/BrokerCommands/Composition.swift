import IdentityBroker

/// What a command has to work with: what the program was composed of, and where it writes.
struct Composition: Sendable {
    let providers: ProviderRegistry
    let stores: StoreRegistry
    let console: Console
}
