import ArgumentParser
import CurlTransport
import IdentityBroker
import LoadGeneration

/// The whole of `Broker.login`, over libcurl.
struct LoginCommand: BlockingCommand {
    static let configuration = CommandConfiguration(commandName: "login")

    @OptionGroup var load: LoadOptions
    @OptionGroup var stores: StoreOptions

    func measure() async throws {
        let instance = try WXApp.instance(
            WXApp.healthy,
            port: load.port,
            authority: load.authority,
            limits: .benchmark(inFlight: load.inFlight)
        )
        let transport = try CurlTransport()
        let broker = try Broker(providers: [instance], transport: transport, store: stores.open())
        let tickets = WXApp.newTickets()
        await ClosedLoop.measure(load) { await broker.loginSucceeds(ticket: tickets + $0) }
        await broker.finish()
        await transport.shutdown()
    }
}
