import HTTPTypes

extension HTTPRequest.Method {
    /// The known methods: those of RFC 9110 §9.3 that apply to resources, PATCH and QUERY.
    static let known =
        [.get, .head, .post, .put, .patch, .delete, .options, .trace] + [HTTPRequest.Method("QUERY")].compactMap(\.self)
}
