import HTTPTypes
import IdentityBroker
import OAuthClient
import UpstreamAPI

extension OpenIDConnectProvider {
    /// A `POST` of a form by which the client authenticates.
    ///
    /// - Throws: ``BrokerError``, and what swift-crypto throws if it runs out of memory.
    func clientRequest(
        to endpoint: Endpoint,
        with fields: FormFields,
        by metadata: ProviderMetadata
    ) throws -> UpstreamRequest {
        var fields = fields
        var headerFields: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]
        try authentication.add(to: &fields, &headerFields, by: metadata, at: clock.now())
        return endpoint.request(.post, headerFields, body: Array(fields.text.utf8))
    }
}
