import BrokerConfiguration
import BrokerSandbox
import BrokerService
import IdentityBroker

/// A provider, and the sandbox that can replace its upstream.
struct SandboxStandIn: Sendable {
    private let id: ProviderID
    private let kind: SandboxKind
    /// The provider's configuration; nil if it has none.
    private let entry: ProviderEntry?

    /// The sandbox for a named provider.
    ///
    /// - Parameters:
    ///   - configuration: The provider's configuration; nil if there is no file.
    ///   - takesTypes: Whether a provider type that has a sandbox is known by its own name, where the configuration has no
    ///     such provider.
    /// - Throws: ``BrokerError`` if the provider does not exist or is disabled, or if its type has no sandbox.
    init(
        for id: ProviderID,
        in configuration: Configuration?,
        takingTypes takesTypes: Bool,
        of sandboxes: [SandboxKind]
    ) throws(BrokerError) {
        let types = sandboxes.map(\.providerType)
        let type: String
        if let entry = configuration?[id] {
            guard entry.isEnabled else {
                throw BrokerError(.providerDisabled, "The provider is switched off.")
            }
            type = entry.manifest.type
        } else {
            type = id.rawValue
            if let configuration, !takesTypes || !types.contains(type) {
                if takesTypes, let meant = NearestName.of(type, among: types) {
                    throw BrokerError(
                        .unknownProvider, "No provider instance or type is named '\(id)'. Did you mean '\(meant)'?")
                }
                // It says which ids there are.
                _ = try configuration.entry(for: id)
            }
        }
        guard let kind = sandboxes.first(where: { $0.providerType == type }) else {
            guard configuration != nil else {
                let advice = NearestName.advice(for: type, among: types, known: "types")
                throw BrokerError(
                    .unknownProvider,
                    "Without a configuration file, --sandbox takes a provider type that has a sandbox. \(advice)")
            }
            let known = types.joined(separator: ", ")
            throw .misconfigured("Providers of type \(type) have no sandbox. These types have one: \(known).")
        }
        self.id = id
        self.kind = kind
        entry = configuration?[id]
    }

    /// The sandbox for the first provider that has one, or the first sandbox if there is no file.
    init(in configuration: Configuration?, of sandboxes: [SandboxKind]) throws(BrokerError) {
        let candidates =
            configuration.map { configuration in
                configuration.providers.filter(\.isEnabled).map { (id: $0.id.rawValue, type: $0.manifest.type) }
            } ?? sandboxes.map { (id: $0.providerType, type: $0.providerType) }
        for candidate in candidates {
            guard let id = ProviderID(candidate.id),
                let kind = sandboxes.first(where: { $0.providerType == candidate.type })
            else { continue }
            self.id = id
            self.kind = kind
            entry = configuration?[id]
            return
        }
        let known = sandboxes.map { $0.providerType }.joined(separator: ", ")
        throw .misconfigured("Configure and enable a provider of a type that has a sandbox: \(known).")
    }

    /// Starts the sandbox.
    ///
    /// - Throws: ``BrokerError``, reported as the configuration's problems if a file is wrong that the sandbox follows.
    func start(in composition: Composition) async throws(BrokerError) -> RunningSandbox {
        var files: [(setting: String, path: String)] = []
        for setting in kind.followedSettings {
            do {
                guard let path = try entry?.document(of: setting) else { continue }
                files.append((setting, path))
            } catch {
                throw composition.console.report(error)
            }
        }
        return try await RunningSandbox(kind, following: files, as: id, endingWith: composition.end)
    }
}
