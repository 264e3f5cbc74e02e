import BrokerTokens
import HTTPTypes
import IdentityBroker

/// Sends logout tokens to clients, through each client's own network rules (OpenID Connect Back-Channel Logout 1.0 §2.5).
struct LogoutSender: Sendable {
    let transport: any UpstreamTransport
    let networks: ClientNetworks

    /// How long a client may take to answer, with all that comes before.
    static let timeout = Duration.seconds(5)
    private static let connectTimeout = Duration.seconds(3)
    /// What an answer may be long, though nothing in it is read.
    private static let mostBytes = 64 * 1024

    /// Why a client was not told.
    enum Failure: Error, Hashable {
        /// It answered with another status than 200, or 204 (§2.8).
        case refused(status: Int)
        /// No answer came.
        case unanswered(TransportFailure.Reason)
        /// Its address cannot be used, which its registration rules out.
        case unusableAddress
    }

    /// - Throws: ``Failure``.
    func send(_ delivery: LogoutDelivery) async throws(Failure) {
        guard let destination = (try? RedirectURI(delivery.uri, isNative: false))?.destination else {
            throw .unusableAddress
        }
        // The token's characters need no encoding in a form.
        var request = UpstreamRequest(
            method: .post, url: destination.origin,
            headerFields: [.contentType: "application/x-www-form-urlencoded"],
            body: Array("logout_token=\(delivery.token.reveal())".utf8))
        // As registered, with its query and whatever slash it ends in.
        request.head.path = destination.target
        let network = networks[delivery.due.client]
        let policy = TransportPolicy(
            connectTimeout: Self.connectTimeout, maximumBodyBytes: Self.mostBytes, caFile: network.caFile,
            egress: network.egress)
        let response: UpstreamResponse
        do throws(TransportFailure) {
            response = try await transport.send(request, under: policy, within: Self.timeout)
        } catch {
            throw .unanswered(error.reason)
        }
        guard [200, 204].contains(response.status.code) else { throw .refused(status: response.status.code) }
    }
}

extension LogoutSender.Failure: CustomStringConvertible {
    /// The reason for an operator.
    var description: String {
        switch self {
        case .refused(let status): "it answered with the status \(status)"
        case .unanswered(let reason): "no answer came: \(reason.rawValue)"
        case .unusableAddress: "its address cannot be used"
        }
    }
}

/// Where each client may be sent something, as it is configured now.
final class ClientNetworks: Sendable {
    private let networks: Locked<[String: NetworkPolicy]>

    init(_ networks: [String: NetworkPolicy]) {
        self.networks = Locked(networks)
    }

    /// Without an entry, public addresses over TLS.
    subscript(client: String) -> NetworkPolicy { networks.withLock { $0[client] } ?? NetworkPolicy() }

    /// Changes them while the service runs.
    ///
    /// - Parameter kept: The clients that stay as they were.
    func replace(with new: [String: NetworkPolicy], keeping kept: Set<String>) {
        networks.withLock { networks in
            networks = new.filter { !kept.contains($0.key) }.merging(networks.filter { kept.contains($0.key) }) { $1 }
        }
    }
}
