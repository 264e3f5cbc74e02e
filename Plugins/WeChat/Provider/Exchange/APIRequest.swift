import HTTPTypes
import IdentityBroker

/// A query in its order: WeChat documents one for its pages, and a page with another does not open.
struct Query: Sendable {
    private(set) var text = ""

    init(_ parameters: KeyValuePairs<String, String>) {
        for (name, value) in parameters { text += "\(text.isEmpty ? "" : "&")\(name)=\(value.percentEncoded)" }
    }
}

extension Query: CustomReflectable {
    /// A mirror without children: WeChat wants secrets and codes in queries.
    var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension UpstreamRequest {
    /// A `GET` with a query, by which WeChat's API is asked, with the AppSecret and the code in it.
    static func get(_ url: UpstreamURL, _ query: Query) -> UpstreamRequest {
        UpstreamRequest(method: .get, url: url).adding(query)
    }

    /// The same request with a query.
    func adding(_ query: Query) -> UpstreamRequest {
        var request = self
        request.head.path = "\(head.path ?? "/")?\(query.text)"
        return request
    }
}
