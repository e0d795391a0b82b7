// A view of nodes.

import * as vscode from 'vscode';

import type { Node } from './node';

export class Tree implements vscode.TreeDataProvider<Node> {
  readonly onDidChangeTreeData: vscode.Event<undefined>;
  private readonly changes = new vscode.EventEmitter<undefined>();
  private readonly parents = new Map<Node, Node>();

  constructor(private readonly nodes: () => Node[]) {
    this.onDidChangeTreeData = this.changes.event;
  }

  refresh(): void {
    this.parents.clear();
    this.changes.fire(undefined);
  }

  getChildren(node?: Node): Node[] {
    if (node === undefined) {
      return this.nodes();
    }
    const children = node.children ?? [];
    for (const child of children) {
      this.parents.set(child, node);
    }
    return children;
  }

  getParent(node: Node): Node | undefined {
    return this.parents.get(node);
  }

  getTreeItem(node: Node): vscode.TreeItem {
    const folds = node.children !== undefined && node.children.length > 0;
    const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(node.label, folds ? (node.open === true ? Expanded : Collapsed) : None);
    item.id = this.path(node);
    item.contextValue = node.kind;
    if (node.description !== undefined) {
      item.description = node.description;
    }
    if (node.tooltip !== undefined) {
      item.tooltip = node.tooltip;
    }
    if (node.icon !== undefined) {
      item.iconPath = new vscode.ThemeIcon(node.icon, node.colour === undefined ? undefined : new vscode.ThemeColor(node.colour));
    }
    if (node.spoken !== undefined) {
      item.accessibilityInformation = { label: node.spoken };
    }
    if (node.place !== undefined && node.backend !== undefined) {
      item.command = { command: 'backwright.jump', title: 'Open', arguments: [node] };
    }
    return item;
  }

  /** Unique in the view. */
  private path(node: Node): string {
    const parent = this.parents.get(node);
    return parent === undefined ? node.id : `${this.path(parent)}\n${node.id}`;
  }
}
