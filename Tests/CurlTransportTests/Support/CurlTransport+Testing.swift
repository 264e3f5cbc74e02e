import IdentityBroker
import Testing

@testable import CurlTransport

extension CurlTransport {
    /// Runs a body with a transport that does not trust the system's authorities, and shuts it down afterward.
    ///
    /// - Parameter addresses: The addresses that names resolve to, as `host:port:address,…`.
    static func withTransport<Result>(
        mostConnections: Int = .max,
        addresses: [String] = [],
        environment: [String: String] = [:],
        _ body: (CurlTransport) async throws -> Result
    ) async throws -> Result {
        let transport = try CurlTransport(
            connectionPoolSize: 64,
            mostConnections: mostConnections,
            trust: TrustStore(caFile: nil),
            addresses: addresses,
            environment: ProxyEnvironment { environment[$0] }
        )
        do {
            let result = try await body(transport)
            await transport.shutdown()
            return result
        } catch {
            await transport.shutdown()
            throw error
        }
    }

    /// The failure of a request that is expected to fail.
    func failure(
        of request: UpstreamRequest,
        under policy: TransportPolicy,
        within timeout: Duration = .patience,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> TransportFailure {
        do {
            let response = try await send(request, under: policy, within: timeout)
            Issue.record("There was an answer: \(response.status)", sourceLocation: sourceLocation)
            throw UnexpectedAnswer()
        } catch let failure as TransportFailure {
            return failure
        }
    }
}

/// An answer came where a failure was expected.
struct UnexpectedAnswer: Error {}

extension Duration {
    /// Longer than anything that is meant to finish, even on a busy machine and under a sanitizer.
    static let patience = Duration.seconds(240)
}
