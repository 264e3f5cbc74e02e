import FuzzSupport
import HTTPTypes
import IdentityBroker

/// The properties of a login at a declared upstream.
enum LoginProperties {
    static func check(_ login: Login) {
        guard let outcome = login.outcome else { return }
        if let url = login.url {
            property("The browser is sent to a web address", holds: url.isVisibleASCII && url.hasPrefix("http"))
            property("The browser does not see the secret", holds: !url.contains(Login.secret))
        }
        property("A login sends at most three requests", holds: login.requests.count <= 3)
        property("A code is sent once", holds: login.requests.count { $0.contains(Login.code) } <= 1)
        for request in login.requests {
            property("A request has an https or http address", holds: ["https", "http"].contains(request.head.scheme))
        }
        switch outcome {
        case .success(let identity):
            property("A subject is visible ASCII", holds: identity.subject.isVisibleASCII)
            property("An identity takes a code and a record", holds: login.requests.count >= 2)
        case .failure(let error):
            property("No declaration makes a defect", holds: error.kind != .internalError)
        }
        for trace in login.events.map({ "\($0)" }) + [String(reflecting: outcome)] {
            property("The secret stands in no trace", holds: !trace.contains(Login.secret))
            property("The code stands in no trace", holds: !trace.contains(Login.code))
        }
    }
}

extension UpstreamRequest {
    fileprivate func contains(_ text: String) -> Bool {
        (head.path ?? "").contains(text) || String(decoding: body, as: UTF8.self).contains(text)
    }
}
