import BrokerTesting
import HTTPTypes
import IdentityBroker
import LoopbackServer
import Testing

extension FakeUpstream {
    /// The policy of a provider instance that may reach this upstream. A busy machine may take long to connect.
    var policy: TransportPolicy {
        TransportPolicy(
            connectTimeout: .patience,
            caFile: caFile,
            egress: EgressPolicy(allowedNetworks: .loopback, allowsInsecureHTTP: true)
        )
    }

    /// A policy that refuses this upstream's address.
    var refusingPolicy: TransportPolicy {
        var policy = policy
        policy.egress.allowedNetworks = []
        return policy
    }

    /// A request to this upstream.
    ///
    /// - Parameter host: A name or address that leads to it.
    func request(
        _ method: HTTPRequest.Method = .get,
        _ path: String = "/",
        host: String = "localhost",
        fields: HTTPFields = [:],
        body: String = ""
    ) throws -> UpstreamRequest {
        let scheme = baseURL.hasPrefix("https") ? "https" : "http"
        let url = try #require(UpstreamURL("\(scheme)://\(host):\(server.port)"))
        var request = UpstreamRequest(method: method, url: url, headerFields: fields, body: Array(body.utf8))
        request.head.path = path
        return request
    }

    /// A POST of a small JSON document, as an exchange sends.
    func post(_ body: String = #"{"ticket":"T"}"#) throws -> UpstreamRequest {
        try request(.post, "/exchange", fields: [.contentType: "application/json"], body: body)
    }
}

extension [IPNetwork] {
    /// The loopback networks.
    static var loopback: [IPNetwork] {
        ["127.0.0.0/8", "::1/128"].compactMap { IPNetwork($0) }
    }
}

extension UpstreamResponse {
    /// The body as text.
    var text: String { String(decoding: body, as: UTF8.self) }
}
