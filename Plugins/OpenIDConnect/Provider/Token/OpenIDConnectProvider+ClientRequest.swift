import HTTPTypes
import IdentityBroker

extension OpenIDConnectProvider {
    /// A `POST` of a form by which the client authenticates.
    func clientRequest(
        to endpoint: Endpoint,
        with fields: FormFields,
        by metadata: ProviderMetadata
    ) throws(BrokerError) -> UpstreamRequest {
        var fields = fields
        var headerFields: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]
        try authentication.add(to: &fields, &headerFields, offered: metadata.authMethods)
        return endpoint.request(.post, headerFields, body: Array(fields.text.utf8))
    }
}
