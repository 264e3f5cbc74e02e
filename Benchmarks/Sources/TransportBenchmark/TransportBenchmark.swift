import ArgumentParser
import CurlTransport
import HTTPTypes
import IdentityBroker
import LoadGeneration

/// The broker's transport, alone.
@main
struct TransportBenchmark: AsyncParsableCommand {
    @OptionGroup var load: LoadOptions

    func run() async throws {
        let transport = try CurlTransport()
        let policy = TransportPolicy(
            connectTimeout: .seconds(10),
            caFile: load.authority,
            egress: EgressPolicy(allowedNetworks: IPNetwork.loopback)
        )
        guard let url = UpstreamURL(Exchange.url(port: load.port)) else {
            throw ValidationError("\(load.port) is no port.")
        }
        await ClosedLoop.measure(load) { number in
            let request = UpstreamRequest.post(json: Exchange.body(number), to: url)
            let response = try? await transport.send(request, under: policy, within: .seconds(30))
            return response?.status == .ok
        }
        await transport.shutdown()
    }
}
