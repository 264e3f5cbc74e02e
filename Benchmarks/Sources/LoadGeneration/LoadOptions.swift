public import ArgumentParser

/// The load that a client generates, and its upstream.
public struct LoadOptions: ParsableArguments, Sendable {
    /// The upstream's port on 127.0.0.1.
    @Option(help: "The upstream's port on 127.0.0.1.")
    public var port: Int

    /// The PEM file of the authority that the upstream's certificate is from.
    @Option(help: "The PEM file of the authority that the upstream's certificate is from.")
    public var authority: String

    /// How many requests are under way at any time.
    @Option(help: "How many requests are under way at any time.")
    public var inFlight = 1

    /// For how many seconds nothing counts at least.
    @Option(help: "For how many seconds nothing counts at least.")
    public var warmUp = 0.3

    /// For how many seconds what is completed counts at least.
    @Option(help: "For how many seconds what is completed counts at least.")
    public var seconds = 1.0

    /// Creates options to be parsed.
    public init() {}
}
