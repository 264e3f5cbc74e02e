import IdentityBroker

/// The settings of a rule under `admit:`.
enum AccessRuleSettings {
    static let all: [Setting] = [
        .optional("attribute", .text, "The name of an attribute, the type's or one under 'attributes'."),
        .optional(
            "claim", .text, "The JSON Pointer (RFC 6901) to a value in the upstream's record, such as /hd."),
        .optional(
            "emailDomain",
            .list(.text),
            "The verified e-mail address must be at one of these domains. A subdomain is another domain."
        ),
        .optional(
            "contains",
            .text,
            "With 'attribute' or 'claim': an element that the list must have. A single value counts as a list of one."
        ),
        .optional(
            "is",
            .text,
            "With 'attribute' or 'claim': the value that it must be. A number or boolean is compared as written in JSON."
        ),
    ]
}
