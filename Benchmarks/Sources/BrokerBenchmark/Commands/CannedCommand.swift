import ArgumentParser
import IdentityBroker
import LoadGeneration

/// Logins one after the other on the memory store, whose upstream answers at once: what the broker alone makes of them.
struct CannedCommand: BlockingCommand {
    static let configuration = CommandConfiguration(commandName: "canned")

    @OptionGroup var record: RecordOption

    @Option(help: "How many logins there are.")
    var logins = 100

    func measure() async throws {
        let instance = try WXApp.instance(WXApp.healthy, port: 443, authority: nil, limits: .benchmark(inFlight: 1))
        let broker = try Broker(providers: [instance], transport: try record.transport())
        let figures = await CountedLoop.run(0..<UInt64(logins), inFlight: 1) { await broker.loginSucceeds(ticket: $0) }
        await broker.finish()
        figures.print(Allocations.figures)
    }
}
