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
        // It is built at each read.
        let record = upstream.record
        var attributes = upstream.attributes
        for (name, pointer) in policy.attributes {
            guard let value = record.flatMap(pointer.value), !value.isNull else {
                attributes[name] = nil
                continue
            }
            attributes[name] = value
        }
        for (index, rule) in policy.admit.enumerated()
        where !rule.admits(upstream.claims.email, attributes, record) {
            refusingRule = index + 1
            throw BrokerError(
                .accessDenied,
                "This user may not sign in: rule \(index + 1) of 'admit' (\(rule.subject)) does not hold.")
        }
        return attributes
    }
}
