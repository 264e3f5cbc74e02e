import ArgumentParser
import CurlTransport
import IdentityBroker
import LoadGeneration
import Measurement

/// Very many logins in one process, reported in equal parts: neither the cost of a login nor the memory may grow.
struct EnduranceCommand: BlockingCommand {
    static let configuration = CommandConfiguration(commandName: "endurance")

    @OptionGroup var load: LoadOptions
    @OptionGroup var stores: StoreOptions

    @Option(help: "How many logins there are in all.")
    var logins = 1_000_000

    @Option(help: "In how many parts they are reported.")
    var parts = 10

    @Option(help: "For how many seconds a ticket is remembered.")
    var retention = 24 * 60 * 60

    func measure() async throws {
        let instance = try WXApp.instance(
            WXApp.healthy,
            port: load.port,
            authority: load.authority,
            limits: .benchmark(inFlight: load.inFlight)
        )
        let transport = try CurlTransport()
        let broker = try Broker(
            providers: [instance],
            transport: transport,
            store: stores.open(),
            retention: .seconds(retention)
        )
        let tickets = WXApp.newTickets()
        let size = logins / parts
        for part in 0..<parts {
            let numbers = UInt64(part * size)..<UInt64((part + 1) * size)
            let figures = await CountedLoop.run(numbers, inFlight: load.inFlight) {
                await broker.loginSucceeds(ticket: tickets + $0)
            }
            figures.print(
                ["logins": Double(numbers.upperBound), "resident_kib": Double(usage_memory("VmRSS"))]
            )
        }
        await broker.finish()
        await transport.shutdown()
    }
}
