public import ArgumentParser
public import IdentityBroker

/// The sandbox of a provider type as a value: what it is called, and how it starts.
///
/// A program passes its sandboxes to `BrokerCommand.main(providers:stores:sandboxes:)`, each of which serves the provider
/// type of the same name. The provider type knows nothing about its sandbox, so an app that only embeds the provider does
/// not link it. Types that share one implementation, such as presets and declared upstreams, have a kind each, which differ
/// in what they pass to it.
public struct SandboxKind: Sendable {
    /// The provider type whose upstream it plays: `type:` in the configuration, and the argument of `broker sandbox`.
    public let providerType: String

    /// Further names by which `broker sandbox` knows it, such as that of a family of types.
    public let aliases: [String]

    /// The upstream's name for people.
    public let displayName: String

    /// A one-sentence description in the help of `broker sandbox`.
    public let summary: String

    /// The rest of its help, with an example.
    public let discussion: String

    /// The options of `broker sandbox`. All have defaults, which `--sandbox` uses.
    package let options: any (ParsableArguments & Sendable).Type

    /// The settings of a configured instance that the sandbox follows: the file that each of them names is given to the option
    /// of the same name.
    package let followedSettings: [String]

    package let start: @Sendable (any ParsableArguments & Sendable, ProviderID) async throws -> any Sandbox

    /// Creates a kind.
    ///
    /// - Parameters:
    ///   - aliases: Further names by which `broker sandbox` knows it; no other kind has them.
    ///   - options: The options of `broker sandbox`. All have defaults, which `--sandbox` uses.
    ///   - followedSettings: The settings of a configured instance that the sandbox follows: the file that each of them names
    ///     is given to the option of the same name. It follows no other setting.
    ///   - start: Starts a sandbox for the provider instance of this id; the caller stops it. It throws ``BrokerError`` for
    ///     what is wrong with an option, or the system's error, such as for a port that is in use.
    public init<Options: ParsableArguments & Sendable>(
        of providerType: String,
        aliases: [String] = [],
        displayName: String,
        summary: String,
        discussion: String,
        options: Options.Type,
        following followedSettings: [String] = [],
        start: @escaping @Sendable (Options, ProviderID) async throws -> any Sandbox
    ) {
        self.providerType = providerType
        self.aliases = aliases
        self.displayName = displayName
        self.summary = summary
        self.discussion = discussion
        self.options = options
        self.followedSettings = followedSettings
        self.start = { options, id in
            guard let options = options as? Options else { throw WrongOptions() }
            return try await start(options, id)
        }
    }

    private struct WrongOptions: Error {}
}
