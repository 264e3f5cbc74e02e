import ArgumentParser
import CurlTransport
import IdentityBroker
import LoadGeneration

/// Logins at a healthy provider, alone or next to a failing one in the same broker.
struct IsolationCommand: BlockingCommand {
    static let configuration = CommandConfiguration(commandName: "isolation")

    @OptionGroup var load: LoadOptions

    @Option(help: "The port of the sick upstream; none for the healthy one alone.")
    var sickPort: Int?

    @Option(help: "How many logins a second begin at the sick upstream.")
    var sickRate = 50

    func measure() async throws {
        let transport = try CurlTransport()
        let broker = try Broker(providers: try instances(), transport: transport)
        await withTaskGroup(of: Void.self) { group in
            if sickPort != nil {
                group.addTask { await Disturbance(broker, rate: sickRate).run() }
            }
            await ClosedLoop.measure(load) { await broker.loginSucceeds(ticket: $0) }
            group.cancelAll()
        }
        await broker.finish()
        await transport.shutdown()
    }

    private func instances() throws -> [ProviderInstance] {
        let healthy = try WXApp.instance(
            WXApp.healthy,
            port: load.port,
            authority: load.authority,
            limits: .benchmark(inFlight: load.inFlight)
        )
        guard let sickPort else { return [healthy] }
        // Without a breaker, which would soon stop requests to the failing upstream.
        let limits = ProviderLimits(timeout: .seconds(1), connectTimeout: .seconds(1), breaker: nil)
        let sick = try WXApp.instance(WXApp.sick, port: sickPort, authority: load.authority, limits: limits)
        return [healthy, sick]
    }
}
