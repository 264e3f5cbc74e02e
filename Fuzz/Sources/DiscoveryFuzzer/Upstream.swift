import HTTPTypes
import IdentityBroker
import Synchronization

/// A request that the provider was sent.
struct Request: Sendable {
    enum Purpose: Sendable {
        case discovery, push, token, keys
    }

    let purpose: Purpose
    let url: String
    let hasCode: Bool

    init(_ request: UpstreamRequest) {
        let body = String(decoding: request.body, as: UTF8.self)
        url = "\(request.head.scheme ?? "")://\(request.head.authority ?? "")\(request.head.path ?? "")"
        hasCode = body.contains(Visit.code) || url.contains(Visit.code)
        purpose =
            if request.head.method == .post {
                body.contains("grant_type=") ? .token : .push
            } else {
                url == "\(Visit.issuer)/.well-known/openid-configuration" ? .discovery : .keys
            }
    }
}

/// A provider that describes itself with a document, takes every pushed request, and refuses every code.
final class Upstream: UpstreamTransport {
    private let document: [UInt8]
    private let sent = Mutex<[Request]>([])

    init(document: [UInt8]) {
        self.document = document
    }

    var requests: [Request] { sent.withLock { $0 } }

    func send(
        _ request: UpstreamRequest,
        under policy: TransportPolicy,
        within timeout: Duration
    ) async throws(TransportFailure) -> UpstreamResponse {
        let request = Request(request)
        sent.withLock { $0.append(request) }
        return switch request.purpose {
        case .discovery: UpstreamResponse(status: .ok, body: document)
        case .keys: UpstreamResponse(status: .ok, body: Array(#"{"keys":[]}"#.utf8))
        case .push: UpstreamResponse(status: .created, body: Array(#"{"request_uri":"urn:example:1"}"#.utf8))
        case .token: UpstreamResponse(status: .badRequest, body: Array(#"{"error":"invalid_grant"}"#.utf8))
        }
    }
}
