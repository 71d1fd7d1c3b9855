// Read only by engines without modules: Internet Explorer and the compatibility mode of dual-core browsers.
window.onload = function () {
  var box = document.createElement("div");
  box.setAttribute("role", "alert");
  box.className = "failure";
  box.appendChild(document.createTextNode("当前浏览器处于兼容模式，无法使用本系统。请点地址栏右侧图标切换为“极速模式”。"));
  document.body.insertBefore(box, document.body.firstChild);
};
