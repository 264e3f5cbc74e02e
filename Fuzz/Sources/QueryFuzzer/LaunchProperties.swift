import Foundation
import FuzzSupport
import WXAppClient

/// A launch request contains what was requested.
enum LaunchProperties {
    static func check(_ text: String) {
        checkUserPool(text)
        checkPage(text)
    }

    private static func checkUserPool(_ id: String) {
        guard let request = try? WXAppLaunchRequest(userPoolId: id, requestPhone: true) else { return }
        property("A user pool's id is one visible line", holds: !id.isEmpty && id.isOneVisibleLine)
        let items = URLComponents(string: request.path)?.queryItems
        property("The query has the vendor's parameters", holds: items?.map(\.name) == names)
        property("The user pool is read as it was written", holds: items?.first?.value.map(id.isIdentical) == true)
    }

    private static let names = ["userPoolId", "getPhone", "fromApp", "useSelfWxapp"]

    private static func checkPage(_ page: String) {
        guard let miniProgram = try? MiniProgram(path: page),
            let request = try? WXAppLaunchRequest(userPoolId: "pool", miniProgram: miniProgram)
        else { return }
        property("A page is absolute", holds: page.utf8.first == UInt8(ascii: "/"))
        let parts = Array(request.path.utf8).split(separator: UInt8(ascii: "?"), omittingEmptySubsequences: false)
        property("A page and its query are two parts", holds: parts.count == 2 && parts[0].elementsEqual(page.utf8))
    }
}
