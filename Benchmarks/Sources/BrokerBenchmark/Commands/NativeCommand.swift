import ArgumentParser
import IdentityBroker
import LoadGeneration

struct LoginsFailed: Error {
    let count: Int
}

/// Logins with ID tokens that an app got itself, whose keys are cached.
struct NativeCommand: BlockingCommand {
    static let configuration = CommandConfiguration(commandName: "native")

    /// One in so many logins comes before those that count.
    private static let warmUp: UInt64 = 10

    @OptionGroup var stores: StoreOptions

    @Option(help: "The file of ID tokens.")
    var tokens: String

    @Option(help: "How many logins are under way at any time.")
    var inFlight = 64

    func measure() async throws {
        let tokens = try IDTokens(contentsOf: tokens)
        let broker = try Broker(
            providers: [OpenIDUpstream.instance(inFlight: inFlight)],
            transport: OpenIDUpstream(keySet: tokens.keySet), store: stores.open())
        let login: @Sendable (UInt64) async -> Bool = { number in
            let (nonce, token) = tokens.lines[Int(number)]
            return (try? await broker.login(OpenIDUpstream.instance, with: .idToken(token, nonce: nonce))) != nil
        }
        let count = UInt64(tokens.lines.count)
        let first = count / Self.warmUp
        _ = await CountedLoop.run(0..<first, inFlight: inFlight, login)
        let figures = await CountedLoop.run(first..<count, inFlight: inFlight, login)
        await broker.finish()
        // A login that fails may cost less.
        guard figures.failures == 0 else { throw LoginsFailed(count: figures.failures) }
        figures.print()
    }
}
