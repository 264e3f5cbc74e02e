import BrokerSandbox
import Crypto
import Foundation
import IdentityBroker

/// The app, and the tenants that have it, as the console shows them.
enum Tenancy {
    static let appId = "cli_9f8e7d6c5b4a3921"
    /// That of all but the last person.
    static let tenantKey = "2c1d0e9f8a7b6c5d"
    /// Another one that has installed the app.
    static let otherTenantKey = "7b6a5d4c3f2e1d0c"
}

extension Person {
    /// The tenant that they belong to.
    var tenantKey: String { number < 3 ? Tenancy.tenantKey : Tenancy.otherTenantKey }

    /// The id at the app.
    var openID: String { id("ou_", "open_id of \(Tenancy.appId)") }

    /// The id in the tenant.
    var userID: String { String(id("", "user_id of \(tenantKey)").prefix(8)) }

    /// What Feishu tells of them. It leaves out what has not been entered.
    var feishuProfile: Members {
        let profile: Members = [
            "name": .text(fullName), "en_name": .text(fullName), "avatar_url": .text(picture),
            "avatar_thumb": .text(picture), "avatar_middle": .text(picture), "avatar_big": .text(picture),
            "open_id": .text(openID), "union_id": .text(id("on_", "union_id")), "user_id": .text(userID),
            "tenant_key": .text(tenantKey), "enterprise_email": .text("\(name)@company.example"),
            "mobile": .text(phoneNumber), "employee_no": .text("\(number)"),
        ]
        return email.map { profile.with(["email": .text($0)]) } ?? profile
    }

    private func id(_ prefix: String, _ kind: String) -> String {
        prefix + Insecure.MD5.hash(data: Array("\(kind), \(name)".utf8)).hexadecimal
    }
}
