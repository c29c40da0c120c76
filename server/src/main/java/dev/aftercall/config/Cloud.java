package dev.aftercall.config;

/** The national clouds of Microsoft Graph, with the hosts Microsoft runs them at. */
public enum Cloud {
  /** Everybody else, GCC included. */
  GLOBAL("graph.microsoft.com", "login.microsoftonline.com"),
  /** GCC High. */
  USGOV_L4("graph.microsoft.us", "login.microsoftonline.us"),
  /** The Department of Defense. */
  USGOV_L5("dod-graph.microsoft.us", "login.microsoftonline.us"),
  /** Operated by 21Vianet. */
  CHINA("microsoftgraph.chinacloudapi.cn", "login.chinacloudapi.cn");

  private final String graphHost;
  private final String loginHost;

  Cloud(String graphHost, String loginHost) {
    this.graphHost = graphHost;
    this.loginHost = loginHost;
  }

  /** Where Microsoft's own Graph of this cloud answers. */
  public String graphHost() {
    return graphHost;
  }

  /** Where Entra of this cloud issues tokens. */
  public String loginHost() {
    return loginHost;
  }
}
