import IdentityBroker
import StrictJSON

extension Checker {
    /// The attributes and rules of an instance.
    mutating func identityPolicy(of instance: CheckedSettings) -> IdentityPolicy {
        IdentityPolicy(
            attributes: attributes(instance.member("attributes")), admit: accessRules(instance.member("admit")))
    }

    private mutating func attributes(_ settings: CheckedSettings) -> [String: JSONPointer] {
        var attributes: [String: JSONPointer] = [:]
        for name in (settings.value.members ?? [:]).keys.sorted() {
            let place = settings.member(name)
            guard IdentityPolicy.isAttributeName(name) else {
                report(place, "Expected a name of lowercase letters, digits and underscores, such as department.")
                continue
            }
            attributes[name] = pointer(place)
        }
        return attributes
    }

    private mutating func accessRules(_ settings: CheckedSettings) -> [AccessRule] {
        guard let elements = settings.value.elements else { return [] }
        if elements.isEmpty, !hasProblem(below: settings) {
            report(settings, "Give at least one rule, or leave 'admit' out to let everyone in.")
        }
        return elements.indices.compactMap { index in accessRule(settings.element(index)) }
    }

    private func hasProblem(below settings: CheckedSettings) -> Bool {
        problems.contains {
            $0.keyPath.hasPrefix("\(settings.path.text).") || $0.keyPath.hasPrefix("\(settings.path.text)[")
        }
    }

    private mutating func accessRule(_ rule: CheckedSettings) -> AccessRule? {
        // One typo is one problem.
        guard !hasProblem(below: rule) else { return nil }
        let subjects = ["attribute", "claim", "emailDomain"].filter { rule.value[$0] != nil }
        guard subjects.count == 1, let subject = subjects.first else {
            report(rule, "Expected exactly one of attribute, claim and emailDomain.")
            return nil
        }
        let place = rule.member(subject)
        let requirement = requirement(of: rule, on: subject)
        switch subject {
        case "emailDomain":
            return domains(place).map { .emailDomain($0) }
        case "claim":
            guard let pointer = pointer(place), let requirement else { return nil }
            return .claim(pointer, requirement)
        default:
            guard let name = place.value.text, let requirement else { return nil }
            guard IdentityPolicy.isAttributeName(name) else {
                report(place, "Expected the name of an attribute. For a JSON Pointer, use 'claim'.")
                return nil
            }
            return .attribute(name, requirement)
        }
    }

    /// What the rule requires of its subject; nil for a domain, which is a requirement already.
    private mutating func requirement(of rule: CheckedSettings, on subject: String) -> AccessRule.Requirement? {
        let (contains, equals) = (rule.value["contains"]?.text, rule.value["is"]?.text)
        guard subject != "emailDomain" else {
            if contains != nil || equals != nil { report(rule, "'emailDomain' goes without 'contains' and 'is'.") }
            return nil
        }
        switch (contains, equals) {
        case (let text?, nil): return .contains(text)
        case (nil, let text?): return .equals(text)
        default:
            report(rule, "Expected either 'contains' or 'is' with '\(subject)'.")
            return nil
        }
    }

    private mutating func domains(_ list: CheckedSettings) -> [String]? {
        guard let elements = list.value.elements else { return nil }
        if elements.isEmpty { report(list, "Give at least one domain.") }
        return elements.indices.compactMap { index in
            let place = list.element(index)
            guard let text = place.value.text else { return nil }
            guard let address = EmailAddress("user@\(text)") else {
                report(place, "Expected the domain of e-mail addresses, such as example.com.")
                return nil
            }
            return address.domain
        }
    }

    private mutating func pointer(_ place: CheckedSettings) -> JSONPointer? {
        guard let text = place.value.text else { return nil }
        guard let pointer = JSONPointer(text) else {
            report(place, "Expected a JSON Pointer such as /profile/department, with ~1 for / and ~0 for ~ in a name.")
            return nil
        }
        return pointer
    }
}
