import HTTPTypes
import IdentityBroker
import LoopbackServer
import NIOConcurrencyHelpers

/// Has the upstream answer without a network in between.
final class RehearsedTransport: UpstreamTransport {
    private let answer: @Sendable (ReceivedRequest) -> ServerScript
    private let recorded = NIOLockedValueBox<[UpstreamRequest]>([])

    init(_ answer: @escaping @Sendable (ReceivedRequest) -> ServerScript) {
        self.answer = answer
    }

    /// The requests sent so far.
    var requests: [UpstreamRequest] { recorded.withLockedValue { $0 } }

    func send(
        _ request: UpstreamRequest,
        under policy: TransportPolicy,
        within timeout: Duration
    ) async throws(TransportFailure) -> UpstreamResponse {
        recorded.withLockedValue { $0.append(request) }
        guard case .respond(let response) = answer(ReceivedRequest(request)).steps.first else {
            throw TransportFailure(.connectionLost, mayHaveLeft: true)
        }
        return UpstreamResponse(response)
    }
}

extension ReceivedRequest {
    /// The request as its upstream would receive it.
    init(_ request: UpstreamRequest) {
        self.init(
            method: request.head.method.rawValue,
            target: request.head.path ?? "/",
            headers: [HeaderField("Host", request.head.authority ?? "")]
                + request.head.headerFields.map { HeaderField($0.name.rawName, $0.value) },
            body: request.body
        )
    }
}

extension UpstreamResponse {
    /// The response as a transport would pass it on.
    fileprivate init(_ response: ServerResponse) {
        var fields = HTTPFields()
        for header in response.headers {
            if let name = HTTPField.Name(header.name) { fields.append(HTTPField(name: name, value: header.value)) }
        }
        self.init(status: .init(code: response.status), headerFields: fields, body: response.body)
    }
}

/// Fails every request with the same error, and sends none.
final class FailingTransport: UpstreamTransport {
    private let failure: TransportFailure
    private let attempts = NIOLockedValueBox(0)

    init(_ failure: TransportFailure) {
        self.failure = failure
    }

    /// How many requests it received.
    var attemptCount: Int { attempts.withLockedValue { $0 } }

    func send(
        _ request: UpstreamRequest,
        under policy: TransportPolicy,
        within timeout: Duration
    ) async throws(TransportFailure) -> UpstreamResponse {
        attempts.withLockedValue { $0 += 1 }
        throw failure
    }
}

/// Two transports: one for what concerns a person, and one for what logins share. A fault of one does not affect the other.
struct DividedTransport: UpstreamTransport {
    private let people: any UpstreamTransport
    private let others: any UpstreamTransport
    private let isShared: @Sendable (ReceivedRequest) -> Bool

    init(
        people: any UpstreamTransport,
        others: any UpstreamTransport,
        isShared: @escaping @Sendable (ReceivedRequest) -> Bool
    ) {
        self.people = people
        self.others = others
        self.isShared = isShared
    }

    func send(
        _ request: UpstreamRequest,
        under policy: TransportPolicy,
        within timeout: Duration
    ) async throws(TransportFailure) -> UpstreamResponse {
        let transport = isShared(ReceivedRequest(request)) ? others : people
        return try await transport.send(request, under: policy, within: timeout)
    }
}
