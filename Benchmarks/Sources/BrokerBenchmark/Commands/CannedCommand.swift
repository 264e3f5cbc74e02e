import ArgumentParser
import IdentityBroker
import LoadGeneration

/// Sequential logins with the memory store and an upstream that answers at once: the cost of the broker alone.
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
