package import IdentityBroker
package import UpstreamAPI

extension Endpoint {
    /// The address for the browser: an authorization endpoint with the parameters of a request, beside those in its own
    /// query.
    ///
    /// - Throws: ``BrokerError`` of kind `upstreamMisbehaved` if its own query has one of them, so that the provider could
    ///   see another value.
    package func authorizationURL(with fields: FormFields) throws(BrokerError) -> String {
        guard parameterNames.isDisjoint(with: fields.names) else {
            throw BrokerError(
                .upstreamMisbehaved,
                "The provider's authorization endpoint already has parameters of the request in it.")
        }
        return text(with: fields)
    }
}
