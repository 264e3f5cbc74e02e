import IdentityBroker

/// What can be applied from a new configuration, ready to use, and what cannot.
struct ReloadPlan: Sendable {
    /// Makes an instance, and reads its secrets.
    typealias Making = @Sendable (ProviderEntry) throws(ConfigurationError) -> ProviderInstance

    /// The new configuration, with unappliable parts as they were before.
    let configuration: Configuration
    /// The instances that could be made.
    let instances: [ProviderInstance]
    /// The instances that could not be made, and stay as they were.
    let keptProviders: Set<ProviderID>
    /// The files that the new configuration names, as they were read.
    let documents: [CheckedValue]
    /// What the program applies besides the providers.
    let change: PreparedChange
    /// Whether the program applies only the providers.
    private let isServiceRefused: Bool
    /// What cannot be applied, and why; nil if everything can.
    let failure: ConfigurationError?

    /// Makes every instance and reads every secret.
    init(
        _ new: Configuration,
        after old: Configuration,
        making make: Making,
        preparing prepare: ConfigurationReloader.Preparation
    ) {
        var (instances, refused, problems) = ([ProviderInstance](), Set<ProviderID>(), [ConfigurationProblem]())
        for entry in new.providers {
            do {
                instances.append(try make(entry))
            } catch {
                refused.insert(entry.id)
                problems += error.problems
            }
        }
        var change = PreparedChange()
        var isServiceRefused = false
        do {
            change = try prepare(new)
            problems += change.problems
        } catch {
            isServiceRefused = true
            problems += error.problems
        }
        self.instances = instances
        documents = new.documents
        keptProviders = refused.filter { old[$0] != nil }
        configuration = Configuration(
            new,
            providers: new.providers.compactMap { refused.contains($0.id) ? old[$0.id] : $0 },
            server: isServiceRefused ? old.server : new.server,
            clients: isServiceRefused
                ? old.clients
                : new.clients.compactMap { entry in
                    guard change.refusedClients.contains(entry.id) else { return entry }
                    return old.clients.first { $0.id == entry.id }
                }
        )
        self.change = change
        self.isServiceRefused = isServiceRefused
        failure =
            problems.isEmpty ? nil : ConfigurationError(problems: problems.inFileOrder(after: new.store.source.file))
    }

    /// Those settings of the service, by their paths, that stay as they run.
    func refusedServerSettings(among paths: Set<String>) -> Set<String> {
        guard !isServiceRefused else { return paths }
        return paths.filter { path in
            change.refusedSettings.contains { path == "server.\($0)" || path.hasPrefix("server.\($0).") }
        }
    }
}

/// What a program is ready to apply from a new configuration: everything that can fail has been done.
public struct PreparedChange: Sendable {
    /// The settings that cannot be applied now, each of kind ``ConfigurationProblem/Kind/needsRestart``.
    public var settingsNeedingRestart: [ConfigurationProblem]
    /// The problems of the parts that are not applied, which stay as they were.
    public var problems: [ConfigurationProblem]
    /// The ids of the clients among these parts. A new one is omitted.
    public var refusedClients: Set<String>
    /// The settings below `server` among these parts, such as `tls`, each with everything below it.
    public var refusedSettings: Set<String>
    /// Applies the rest.
    public var apply: @Sendable () -> Void

    /// Makes a change; by default, an empty one.
    public init(
        settingsNeedingRestart: [ConfigurationProblem] = [],
        problems: [ConfigurationProblem] = [],
        refusedClients: Set<String> = [],
        refusedSettings: Set<String> = [],
        apply: @escaping @Sendable () -> Void = {}
    ) {
        self.settingsNeedingRestart = settingsNeedingRestart
        self.problems = problems
        self.refusedClients = refusedClients
        self.refusedSettings = refusedSettings
        self.apply = apply
    }
}
