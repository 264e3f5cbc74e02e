import ArgumentParser
import AsyncHTTPClient
import LoadGeneration
import NIOCore
import NIOHTTP1
import NIOSSL

/// AsyncHTTPClient, as a server app would use it.
@main
struct AsyncHTTPClientBenchmark: AsyncParsableCommand {
    @OptionGroup var load: LoadOptions

    func run() async throws {
        let client = HTTPClient(configuration: configuration)
        let url = Exchange.url(port: load.port)
        await ClosedLoop.measure(load) { number in
            var request = HTTPClientRequest(url: url)
            request.method = .POST
            request.headers = ["Content-Type": "application/json", "Accept": "application/json"]
            request.body = .bytes(ByteBuffer(bytes: Exchange.body(number)))
            do {
                let response = try await client.execute(request, timeout: .seconds(30))
                let body = try await response.body.collect(upTo: 256 * 1024)
                return response.status == .ok && body.readableBytes > 0
            } catch {
                return false
            }
        }
        try await client.shutdown()
    }

    private var configuration: HTTPClient.Configuration {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.trustRoots = .file(load.authority)
        var configuration = HTTPClient.Configuration(tlsConfiguration: tls)
        configuration.httpVersion = .http1Only
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = load.inFlight
        return configuration
    }
}
