import CLibcurl

/// A list of strings for libcurl. It must live at least as long as every handle that it was set on.
final class StringList {
    private(set) var first: UnsafeMutablePointer<curl_slist>?

    init(_ strings: [String]) {
        for string in strings {
            first = curl_slist_append(first, string) ?? first
        }
    }

    deinit {
        curl_slist_free_all(first)
    }
}
