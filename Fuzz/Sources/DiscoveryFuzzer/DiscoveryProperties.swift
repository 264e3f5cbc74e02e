import Foundation
import FuzzSupport
import IdentityBroker
import StrictJSON

/// What holds for every discovery document, and for the redirect, the exchange and the logout that it leads to.
enum DiscoveryProperties {
    /// - Parameter input: The document.
    static func check(_ input: [UInt8]) {
        let visit = Visit.led(by: input)
        let document = (try? JSONSerialization.jsonObject(with: Data(input))) as? [String: Any] ?? [:]
        checkRequests(of: visit, by: document)
        checkStart(of: visit, by: document)
        checkLogout(of: visit, by: document)
        checkKinds(of: visit)
        checkSpelling(input, visit)
    }

    private static func checkRequests(of visit: Visit, by document: [String: Any]) {
        for request in visit.requests {
            property("A request goes to an address with https", holds: request.url.hasPrefix("https://"))
            switch request.purpose {
            case .discovery: break
            case .push: checkAddress(request.url, "pushed_authorization_request_endpoint", in: document)
            case .token: checkAddress(request.url, "token_endpoint", in: document)
            case .keys: checkAddress(request.url, "jwks_uri", in: document)
            }
            property(
                "A code is sent to the token endpoint alone", holds: request.purpose == .token || !request.hasCode)
        }
        property("A code is sent once", holds: visit.requests.count(where: \.hasCode) <= 1)
        property("The document is asked for first", holds: visit.requests.first?.purpose == .discovery)
    }

    private static func checkStart(of visit: Visit, by document: [String: Any]) {
        guard case .success(let url) = visit.start else { return }
        let issuer = document["issuer"] as? String
        property("A document is its issuer's, byte by byte", holds: issuer?.isIdentical(to: Visit.issuer) == true)
        checkAddress(url, "authorization_endpoint", in: document)
        property("The browser is sent to a web address", holds: isForBrowser(url))
        property("The browser does not see the secret", holds: !url.contains(Visit.secret))
        let items = URLComponents(string: url)?.queryItems ?? []
        let isPushed = visit.requests.contains { $0.purpose == .push }
        property(
            "A redirect has its state, or stands for what was pushed",
            holds: items.count { $0.name == "state" } == (isPushed ? 0 : 1))
        let isRequired = document["require_pushed_authorization_requests"] as? Bool ?? false
        property("What must be pushed is pushed", holds: isPushed || !isRequired)
    }

    private static func checkLogout(of visit: Visit, by document: [String: Any]) {
        // An address that cannot be read counts as none, since no login needs it.
        guard case .success(let url?) = visit.logout else { return }
        checkAddress(url, "end_session_endpoint", in: document)
        property("The browser signs out at a web address", holds: isForBrowser(url))
    }

    private static func checkKinds(of visit: Visit) {
        let kinds = [visit.start.failure, visit.login, visit.logout.failure]
        for kind in kinds.compactMap(\.self) {
            // A code that the provider refuses is what these logins end with.
            let isKnown = [.misconfigured, .upstreamMisbehaved, .invalidCredential].contains(kind)
            property("No document makes a defect (\(kind))", holds: isKnown)
        }
        property("No document signs anyone in", holds: visit.login != nil || visit.start.failure != nil)
        for trace in visit.traces {
            property("The secret stands in no trace", holds: !trace.contains(Visit.secret))
            property("The code stands in no trace", holds: !trace.contains(Visit.code))
        }
    }

    /// The same document in another spelling leads the same way.
    private static func checkSpelling(_ input: [UInt8], _ visit: Visit) {
        guard let value = try? JSONReader().read(input) else { return }
        let text = JSONText.writing(value, escaping: .everything)
        let again = Visit.led(by: Array(text.utf8))
        property("A document leads the same way in any spelling", holds: again.way == visit.way)
    }

    /// Whether an address is that of an endpoint in the document, as Foundation reads both, with parameters behind it.
    private static func checkAddress(_ url: String, _ name: String, in document: [String: Any]) {
        guard let endpoint = document[name] as? String, let wanted = URLComponents(string: endpoint),
            let given = URLComponents(string: url)
        else {
            property("An address is the document's (\(name))", holds: false)
            return
        }
        property("The host is the document's (\(name))", holds: given.host == wanted.host?.lowercased())
        property("The scheme is the document's (\(name))", holds: given.scheme == wanted.scheme?.lowercased())
        let standard = given.scheme == "https" ? 443 : 80
        property("The port is the document's (\(name))", holds: given.port ?? standard == wanted.port ?? standard)
        let path = wanted.percentEncodedPath.isEmpty ? "/" : wanted.percentEncodedPath
        property("The path is the document's (\(name))", holds: given.percentEncodedPath.isIdentical(to: path))
        let query = given.percentEncodedQuery ?? ""
        property(
            "The query begins as the document's (\(name))", holds: query.hasPrefix(wanted.percentEncodedQuery ?? ""))
    }

    /// A browser may also be sent to this machine, where a sandbox is.
    private static func isForBrowser(_ url: String) -> Bool {
        let address = URLComponents(string: url)
        return url.isVisibleASCII
            && (address?.scheme == "https" || ["127.0.0.1", "[::1]", "::1", "localhost"].contains(address?.host))
    }
}

extension Result where Failure == BrokerError {
    fileprivate var failure: BrokerError.Kind? {
        if case .failure(let error) = self { error.kind } else { nil }
    }
}
