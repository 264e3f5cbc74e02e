import BrokerServing
import HTTPTypes
import IdentityBroker
import Testing

@testable import BrokerServer

/// A request as it arrives through the proxies 10.0.0.0/8 and fd00::/8, and its origin.
struct ProxyCase: Sendable, CustomTestStringConvertible {
    var peer = "10.0.0.1"
    var fields: [(name: String, value: String)] = []
    let expected: String
    var isSecure = false

    var testDescription: String { "\(fields.map { "\($0.name): \($0.value.prefix(60))" }) from \(peer)" }

    func origin(by header: ForwardingHeader) throws -> RequestOrigin {
        let trust = ProxyTrust(["10.0.0.0/8", "fd00::/8"].compactMap { IPNetwork($0) }, header: header)
        var all = HTTPFields()
        for (name, value) in fields { all.append(HTTPField(name: try #require(HTTPField.Name(name)), value: value)) }
        return trust.origin(of: try #require(ClientAddress(peer)), overTLS: false, all)
    }
}
