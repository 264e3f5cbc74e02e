import ArgumentParser
import Foundation
import FoundationNetworking
import LoadGeneration

/// Foundation's client, which also uses libcurl's multi interface. `LD_PRELOAD` sets its authority.
@main
struct URLSessionBenchmark: AsyncParsableCommand {
    @OptionGroup var load: LoadOptions

    func run() async throws {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpMaximumConnectionsPerHost = load.inFlight
        configuration.urlCache = nil
        configuration.httpCookieStorage = nil
        let session = URLSession(configuration: configuration)
        guard let url = URL(string: Exchange.url(port: load.port)) else {
            throw ValidationError("\(load.port) is no port.")
        }
        await ClosedLoop.measure(load) { number in
            var request = URLRequest(url: url, timeoutInterval: 30)
            request.httpMethod = "POST"
            request.setValue("application/json", forHTTPHeaderField: "Content-Type")
            request.setValue("application/json", forHTTPHeaderField: "Accept")
            request.httpBody = Data(Exchange.body(number))
            guard let (body, response) = try? await session.data(for: request) else { return false }
            return (response as? HTTPURLResponse)?.statusCode == 200 && !body.isEmpty
        }
    }
}
