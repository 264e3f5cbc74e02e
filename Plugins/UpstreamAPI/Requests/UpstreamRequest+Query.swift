import HTTPTypes
package import IdentityBroker

extension UpstreamRequest {
    /// A `GET` with a query. Some upstreams want secrets and codes in it.
    package static func get(_ url: UpstreamURL, _ query: FormFields) -> UpstreamRequest {
        UpstreamRequest(method: .get, url: url).adding(query)
    }

    /// The same request with a query.
    package func adding(_ query: FormFields) -> UpstreamRequest {
        var request = self
        request.head.path = "\(head.path ?? "/")?\(query.text)"
        return request
    }
}
