import HTTPTypes

extension HTTPRequest.Method {
    /// The methods that the service knows: those of RFC 9110 §9.3 that are for resources, PATCH and QUERY.
    static let known =
        [.get, .head, .post, .put, .patch, .delete, .options, .trace] + [HTTPRequest.Method("QUERY")].compactMap(\.self)
}
