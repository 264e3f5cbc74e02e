import StrictJSON

extension Login {
    /// Part of step 6, once it is certain whom the answer is about: the instance's rules let this person in.
    ///
    /// - Returns: The identity's attributes, including those that the instance adds.
    mutating func authorize(
        _ authentication: Authentication,
        by policy: IdentityPolicy
    ) throws(BrokerError) -> JSONObject {
        let upstream = authentication.upstream
        guard !policy.isEmpty else { return upstream.attributes }
        // Each read builds it anew.
        let record = upstream.record
        var attributes = upstream.attributes
        for (name, pointer) in policy.attributes {
            attributes[name] = record.flatMap(pointer.value).flatMap { $0.isNull ? nil : $0 }
        }
        for (index, rule) in policy.admit.enumerated()
        where !rule.admits(upstream.claims.email, attributes, record) {
            refusal = (index + 1, upstream.notices)
            throw BrokerError(
                .accessDenied,
                "This user may not sign in: rule \(index + 1) of 'admit' (\(rule.subject)) does not hold.")
        }
        return attributes
    }
}
