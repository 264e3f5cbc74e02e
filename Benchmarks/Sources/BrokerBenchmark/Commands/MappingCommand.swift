import ArgumentParser
import IdentityBroker
import LoadGeneration

/// Decoding the envelope and mapping the record: from the transport's answer to the provider's identity, within real
/// logins.
struct MappingCommand: BlockingCommand {
    static let configuration = CommandConfiguration(commandName: "mapping")

    @OptionGroup var record: RecordOption

    @Option(help: "How many logins there are, one after the other.")
    var count = 20_000

    func measure() async throws {
        let times = MappingTimes()
        let instance = try ProviderInstance(
            TimedProvider.self,
            settings: .init(wxapp: WXApp.settings(port: 443), times: times),
            context: ProviderContext(id: WXApp.healthy),
            network: WXApp.network(authority: nil)
        )
        let transport = TimedTransport(transport: try record.transport(), times: times)
        let broker = try Broker(providers: [instance], transport: transport)
        for number in 0..<UInt64(count) {
            _ = try await broker.login(WXApp.healthy, with: WXApp.ticket(number))
        }
        JSONLine.print(["p50_us": times.durations.quantile(0.5), "p99_us": times.durations.quantile(0.99)])
        await broker.finish()
    }
}
