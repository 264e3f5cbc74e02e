import ArgumentParser
import CurlTransport
import HTTPTypes
import IdentityBroker
import LoadGeneration

/// The broker's transport, alone.
@main
struct TransportBenchmark: BlockingCommand {
    @OptionGroup var load: LoadOptions

    func measure() async throws {
        let transport = try CurlTransport()
        let policy = TransportPolicy(
            connectTimeout: .seconds(10),
            caFile: load.authority,
            egress: EgressPolicy(allowedNetworks: IPNetwork.loopback)
        )
        guard let url = UpstreamURL(Exchange.url(port: load.port)) else {
            throw ValidationError("\(load.port) is no port.")
        }
        // As in the reference, everything but the body is prepared in advance.
        let common = UpstreamRequest.post(json: [], to: url)
        await ClosedLoop.measure(load) { number in
            var request = common
            request.body = Exchange.body(number)
            let response = try? await transport.send(request, under: policy, within: .seconds(30))
            return response?.status == .ok
        }
        await transport.shutdown()
    }
}
